import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type MonitoringTools =
  | { kind: "found"; prometheus: string; alertmanager: string }
  /** The names of Debian's packages, for those who want them. */
  | { kind: "missing"; packages: readonly string[] };

/** Debian's name for Alertmanager, and its own. */
const fileNames = { prometheus: ["prometheus"], alertmanager: ["prometheus-alertmanager", "alertmanager"] };
const packages = { prometheus: "prometheus", alertmanager: "prometheus-alertmanager" };
const usualPlaces = ["/usr/bin", "/usr/local/bin", "/opt/prometheus", "/opt/alertmanager"];

/** Prometheus and Alertmanager on this machine: on the path, else where they usually lie. */
export function findMonitoringTools(path = "", places: readonly string[] = usualPlaces): MonitoringTools {
  const folders = [...path.split(delimiter).filter(Boolean), ...places];
  const prometheus = findProgram(folders, fileNames.prometheus);
  const alertmanager = findProgram(folders, fileNames.alertmanager);
  if (prometheus !== null && alertmanager !== null) return { kind: "found", prometheus, alertmanager };
  return {
    kind: "missing",
    packages: [
      ...(prometheus === null ? [packages.prometheus] : []),
      ...(alertmanager === null ? [packages.alertmanager] : []),
    ],
  };
}

function findProgram(folders: readonly string[], names: readonly string[]): string | null {
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
