import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findMonitoringTools } from "./find-tools.ts";

function aFolder(...programs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "tools-"));
  for (const name of programs) writeFileSync(join(folder, name), "", { mode: 0o755 });
  return folder;
}

it("finds both on the path or where they usually lie, by Debian's names and by their own", () => {
  const debian = aFolder("prometheus", "prometheus-alertmanager");
  expect(findMonitoringTools("", [debian])).toEqual({
    kind: "found",
    prometheus: join(debian, "prometheus"),
    alertmanager: join(debian, "prometheus-alertmanager"),
  });
  const own = aFolder("alertmanager");
  expect(findMonitoringTools(`/nowhere:${own}`, [debian])).toMatchObject({
    alertmanager: join(own, "alertmanager"),
  });
});

it("names the packages that are missing, and takes no file that cannot be run", () => {
  expect(findMonitoringTools("", [aFolder("prometheus")])).toEqual({
    kind: "missing",
    packages: ["prometheus-alertmanager"],
  });
  const folder = aFolder("prometheus-alertmanager");
  writeFileSync(join(folder, "prometheus"), "", { mode: 0o644 });
  expect(findMonitoringTools(folder, [])).toEqual({ kind: "missing", packages: ["prometheus"] });
});
