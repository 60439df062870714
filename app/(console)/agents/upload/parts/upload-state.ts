import type { UploadOutcome } from "../../../../../server/features/agents/schema.ts";
import type { BundleReading, DroppedFile } from "../../../../_client/upload/read-bundle.ts";

/** What was read in this browser. */
export type ReadDrop = { files: readonly DroppedFile[]; bytes: number; reading: BundleReading; ms: number };

export type UploadState =
  | { kind: "empty" }
  | { kind: "reading"; bytes: number; readBytes: number }
  | { kind: "refused"; why: string }
  | { kind: "read"; drop: ReadDrop }
  | { kind: "sending"; drop: ReadDrop; sentBytes: number }
  /** Broke off or was stopped; what was sent is kept. */
  | { kind: "stopped"; drop: ReadDrop; why: string }
  | { kind: "done"; drop: ReadDrop; outcome: UploadOutcome };

export function dropOf(state: UploadState): ReadDrop | null {
  return "drop" in state ? state.drop : null;
}

/** Why it cannot be sent, in the words of the button; null = it can. */
export function refusalToSend(drop: ReadDrop, { agentService }: { agentService: string }): string | null {
  const faults = drop.reading.faults.length;
  if (faults > 0) return `The manifest has ${faults === 1 ? "a fault" : `${faults} faults`}`;
  return /^[0-9a-f]{64}$/.test(agentService) ? null : "Needs the key of an agent service";
}
