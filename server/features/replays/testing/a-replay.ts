import type { ReplayedEvent, ReplaySide } from "../replay-contract-schema.ts";

export function aSide(parts: Partial<ReplaySide> = {}): ReplaySide {
  return {
    outcome: "finished",
    tookMs: 4,
    cid: null,
    bytes: null,
    output: null,
    isCut: false,
    error: null,
    stack: null,
    fetches: 0,
    lines: 0,
    ...parts,
  };
}

export function aReplayedEvent(seq: number, parts: Partial<ReplayedEvent> = {}): ReplayedEvent {
  return {
    seq,
    eventId: `event-${seq}`,
    eventType: "meeting.ended",
    vaultId: "v1",
    vaultScope: "default",
    at: new Date(Date.UTC(2026, 6, 13, 17) + seq * 1_000).toISOString(),
    partition: 0,
    offset: String(100 + seq),
    bytes: 400,
    stable: aSide(),
    candidate: aSide(),
    paths: [],
    ...parts,
  };
}
