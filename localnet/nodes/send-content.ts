import { setTimeout as pause } from "node:timers/promises";
import { sentBytes } from "../content/spoil.ts";
import type { Content } from "../content/stored.ts";
import type { Disturbance } from "./disturbance.ts";

const chunkBytes = 65_536;

export type Range = { from: number; to: number };

/**
 * The bytes of a range in parts, at the pace of the node. False at the end = a node that breaks off has broken off.
 */
export async function* contentParts(
  content: Content,
  { from, to }: Range,
  disturbance: Disturbance,
): AsyncGenerator<Uint8Array, boolean> {
  const sent = sentBytes(to - from, disturbance);
  const rate = disturbance.contentBytesPerSecond;
  const step = rate === null ? chunkBytes : Math.max(1_024, Math.min(chunkBytes, Math.floor(rate / 8)));
  for (let at = from; at < from + sent; at += step) {
    const part = content.read(at, Math.min(at + step, from + sent));
    if (rate !== null) await pause((part.length / rate) * 1_000);
    yield part;
  }
  return sent === to - from;
}
