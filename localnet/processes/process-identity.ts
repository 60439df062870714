import { type ExecFileSyncOptions, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells a process from a later one with the same number: its start time. Null when there is no such process
 * (a zombie counts as none: it holds nothing any more).
 */
export function identityOf(pid: number): string | null {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may hold anything; fields count from behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** The command line of a process; null when there is no such process. */
export function commandOf(pid: number): string | null {
  if (identityOf(pid) === null) return null;
  return process.platform === "linux" ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : ps(pid, "args");
}

function fromPs(pid: number): string | null {
  return ps(pid, "lstart");
}

function ps(pid: number, field: "args" | "lstart"): string | null {
  try {
    const options = { stdio: ["ignore", "pipe", "ignore"], timeout: 5_000 } satisfies ExecFileSyncOptions;
    return (
      execFileSync("ps", ["-ww", "-o", `${field}=`, "-p", String(pid)], options)
        .toString()
        .trim() || null
    );
  } catch {
    return null;
  }
}
