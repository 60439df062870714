import type { Partition } from "../ports/event-log.ts";
import type { Logger } from "../ports/logger.ts";
import { type DeadLetter, deadLetter } from "./dead-letters.ts";
import type { ActiveLane } from "./flush-batch.ts";
import type { Position } from "./positions.ts";

export type LaneStart = { lane: ActiveLane; lost: DeadLetter | null };

/** A lane that begins where its position says, with a letter for what the log dropped before it was read. */
export function laneAt(
  position: Position,
  of: { binding: string; network: number | null },
  logger: Logger,
): LaneStart {
  const { topic, partition, source, recent, start, believed } = position;
  if (start.kind !== "resume") logger.warn({ topic, partition, believed, ...start }, describe[start.kind]);
  const lane: ActiveLane = {
    topic,
    partition,
    source,
    recent,
    ...of,
    next: start.at,
    cutAt: believed,
    isAligned: false,
    isFresh: true,
  };
  if (start.kind !== "lost") return { lane, lost: null };
  const lost = deadLetter({
    binding: of.binding,
    topic,
    partition,
    offset: start.from,
    lastOffset: start.to,
    reason:
      "the log dropped these records before they were read: its retention is shorter than ingest was away",
    sizeBytes: 0,
    value: null,
  });
  return { lane, lost };
}

const describe = {
  lost: "The log dropped records before they were read",
  shortened: "The log is shorter than what was read of it; reading goes on with what was written since",
} as const;

export function laneKey({ topic, partition }: Partition): string {
  return `${topic}/${partition}`;
}
