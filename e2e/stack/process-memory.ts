import { readdirSync, readFileSync } from "node:fs";
import { commandOf } from "../../localnet/processes/process-identity.ts";
import { consoleProcess } from "./console-processes.ts";

/** Memory that the web role holds, in MB. */
export function webMemory(): number {
  return residentOf(consoleProcess("web"));
}

/** The largest process that draws pages of this run's browser, in MB: its workers live in it. */
export function rendererMemory(): number {
  const renderers = readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && commandOf(pid)?.includes("--type=renderer"));
  return Math.max(0, ...renderers.map(residentOf));
}

type Gauges<Name extends string> = Record<Name, () => number>;

/** Looks every 100 ms until it is stopped. */
export function highestMemoryOf<Name extends string>(gauges: Gauges<Name>) {
  const names = Object.keys(gauges) as Name[];
  const highest = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const look = () => {
    for (const name of names) highest[name] = Math.max(highest[name], gauges[name]());
  };
  const timer = setInterval(look, 100);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return highest;
    },
  };
}

function residentOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
