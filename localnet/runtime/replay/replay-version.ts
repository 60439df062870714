import type { AgentEvent } from "../../../server/features/deployments/desired-state-schema.ts";
import { canonicalText } from "../../../server/features/replays/compare-rules.ts";
import type { ReplayAsked, ReplaySide } from "../../../server/features/replays/replay-contract-schema.ts";
import { pieceId, textOf } from "../../content/content-id.ts";
import { callOf, loadSandbox } from "../call-of.ts";
import type { FaultBoard } from "../fault-board.ts";
import type { LiveConfig } from "../live-config.ts";
import type { HandlerResult, Sandbox } from "../sandbox.ts";
import { held, surround } from "./held-surroundings.ts";

type Given = {
  /** Of the object store. */
  folder: string;
  record: ReplayAsked["record"];
  config: LiveConfig;
  faults: FaultBoard;
};
/** What it did, with its whole output as canonical JSON. */
export type SideRun = { side: ReplaySide; whole: string | null };
type Ended = { result: HandlerResult; tookMs: number; fetches: number };

/** Beyond it an output is compared by its beginning. */
const outputChars = 1_000_000;
const toldChars = 16_000;

/** One of the two versions of a replay: it is given events, and what it does ends here. */
export class ReplayVersion {
  private readonly version: ReplayAsked["stable"];
  private readonly given: Given;
  private readonly sandbox: Sandbox;

  private constructor(version: ReplayAsked["stable"], given: Given, sandbox: Sandbox) {
    this.version = version;
    this.given = given;
    this.sandbox = sandbox;
  }

  /** Throws when its bundle cannot be had, does not hash to its CID, or does not load. */
  static async load(version: ReplayAsked["stable"], given: Given): Promise<ReplayVersion> {
    const sandbox = await loadSandbox(given.folder, version, { outputChars });
    surround(sandbox, { mayFetch: version.manifest.allowedHosts.length > 0 });
    return new ReplayVersion(version, given, sandbox);
  }

  /** Types of events that it engages. */
  eventTypes(): string[] {
    return this.version.manifest.engagements.map(({ event }) => event);
  }

  run(event: AgentEvent, surroundings: { at: number; seed: number }): SideRun {
    const { cid, semver, manifest } = this.version;
    const { record, config, faults } = this.given;
    const call = callOf(event, { cid, manifest, record, config });
    if (!call) return { side: { ...nothing, outcome: "unhandled" }, whole: null };
    const { handler, argument, timeoutMs } = call;
    let fetches = 0;
    const startedAt = performance.now();
    const before = process.threadCpuUsage();
    const result = faults.run({ cid, alias: manifest.alias, semver }, this.sandbox, () => {
      const done = held(this.sandbox, surroundings, () => this.sandbox.run(handler, argument, { timeoutMs }));
      fetches = done.fetches;
      return done.result;
    });
    return this.told({ result: config.hideIn(result), tookMs: ranMs(startedAt, before), fetches });
  }

  private told({ result, tookMs, fetches }: Ended): SideRun {
    const common = { ...nothing, tookMs, fetches, lines: this.sandbox.log().length };
    if (result.kind === "failed") {
      const { error, stack } = result;
      return { side: { ...common, outcome: "failed", error, stack }, whole: null };
    }
    const whole = result.output === null ? null : canonicalText(result.output);
    if (whole === null) return { side: { ...common, outcome: "finished" }, whole };
    const bytes = Buffer.from(whole);
    const side = {
      ...common,
      outcome: "finished" as const,
      cid: textOf(pieceId(bytes)),
      bytes: bytes.length,
      output: whole.slice(0, toldChars),
      isCut: whole.length > toldChars,
    };
    return { side, whole };
  }
}

/** The processor's own account of a thread comes in steps of up to so much. */
const accountStepMs = 4;

/** From the clock, but no more than the processor can have been at it: the rest is other work on the machine. */
function ranMs(startedAt: number, before: NodeJS.CpuUsage): number {
  const passedMs = performance.now() - startedAt;
  const { user, system } = process.threadCpuUsage(before);
  return Math.min(passedMs, (user + system) / 1_000 + accountStepMs);
}

const nothing = {
  tookMs: null,
  cid: null,
  bytes: null,
  output: null,
  isCut: false,
  error: null,
  stack: null,
  fetches: 0,
  lines: 0,
} satisfies Omit<ReplaySide, "outcome">;
