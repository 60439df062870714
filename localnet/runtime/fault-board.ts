import type { AgentFault } from "../faults/fault.ts";
import type { HandlerResult, Sandbox } from "./sandbox.ts";

type FaultyVersion = { cid: string; alias: string; semver: string };

const faultTimeoutMs = 1_000;

/** What is wrong on purpose with versions of agents. Faults happen inside the engine: its limits and stacks are real. */
export class FaultBoard {
  private faults: readonly AgentFault[] = [];
  private readonly leaking = new WeakSet<Sandbox>();

  change(faults: readonly AgentFault[]): void {
    this.faults = faults;
  }

  /** Runs a handler as the faults of its version have it. */
  run(version: FaultyVersion, sandbox: Sandbox, handler: () => HandlerResult): HandlerResult {
    const faults = this.faults.filter((fault) => isOf(fault, version));
    if (this.leaking.has(sandbox) && !faults.some(({ kind }) => kind === "agent-leak")) this.free(sandbox);
    for (const fault of faults) {
      const made = this.make(fault, sandbox);
      if (made?.kind === "failed") return made;
    }
    const result = handler();
    const isWrong = faults.some(({ kind, amount }) => kind === "agent-wrong" && happens(amount));
    return isWrong && result.kind === "finished" ? { ...result, output: wrongOutput(result.output) } : result;
  }

  private make({ kind, amount }: AgentFault, sandbox: Sandbox): HandlerResult | null {
    switch (kind) {
      case "agent-crash":
        return happens(amount) ? disturb(sandbox, "(function crash() { return crash() + 1; })()") : null;
      case "agent-slow":
        return disturb(sandbox, `for (const until = Date.now() + ${amount}; Date.now() < until; );`);
      case "agent-leak":
        this.leaking.add(sandbox);
        return disturb(
          sandbox,
          `(globalThis.leaked ??= []).push(new Uint8Array(${Math.ceil(amount * 1_024)}).fill(1));`,
        );
      case "agent-wrong":
        return null;
    }
  }

  private free(sandbox: Sandbox): void {
    this.leaking.delete(sandbox);
    disturb(sandbox, "globalThis.leaked = undefined;");
  }
}

function disturb(sandbox: Sandbox, code: string): HandlerResult {
  return sandbox.disturb(code, { timeoutMs: faultTimeoutMs });
}

function isOf({ version }: AgentFault, { cid, alias, semver }: FaultyVersion): boolean {
  return version === cid || version === `${alias}@${semver}`;
}

function happens(percent: number): boolean {
  return Math.random() * 100 < percent;
}

/** The same shape with other values: it can only be found by who compares. */
export function wrongOutput(output: string | null): string | null {
  if (output === null) return null;
  return JSON.stringify(JSON.parse(output), (_key, value: unknown) => {
    if (typeof value === "number") return value + 1;
    if (typeof value === "boolean") return !value;
    // What was in the text stays readable, so that a secret in it is still found and hidden.
    return typeof value === "string" ? `${value}, or so` : value;
  });
}
