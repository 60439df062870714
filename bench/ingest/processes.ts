import { readdir, readFile } from "node:fs/promises";

/** CPU and memory of processes, from /proc. Null where there is none. */
export type Usage = { cpuMs: number; rssMb: number; peakRssMb: number };

const tickMs = 10;

export async function usageOf(pid: number): Promise<Usage | null> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/status`, "utf8"),
    ]);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * tickMs;
    return { cpuMs, rssMb: kilobytes(status, "VmRSS") / 1024, peakRssMb: kilobytes(status, "VmHWM") / 1024 };
  } catch {
    return null;
  }
}

/** A process and everything it started, among what still runs. */
export async function cpuOfTree(root: number): Promise<number> {
  const parents = await parentsOfAll();
  let total = 0;
  for (const pid of parents.keys())
    if (isUnder(pid, root, parents)) total += (await usageOf(pid))?.cpuMs ?? 0;
  return total;
}

/** The first process whose command line has all these words. */
export async function findProcess(...words: string[]): Promise<number | null> {
  for (const pid of (await parentsOfAll()).keys()) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (words.every((word) => command.includes(word))) return pid;
  }
  return null;
}

async function parentsOfAll(): Promise<Map<number, number>> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? 0));
  }
  return parents;
}

function isUnder(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
    if (at === root) return true;
  return false;
}

function kilobytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
}
