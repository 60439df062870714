import { Hash64 } from "../../kernel/hash64.ts";
import type { ActivityParts } from "./activity-parts.ts";

const hash = new Hash64();

/**
 * What names a record among those of its node: its id; where an older node sends none, the node's signature over it
 * (ed25519 gives the same bytes for the same record). JSON and protobuf of one record have the same name.
 */
export function nameRecord(parts: ActivityParts, bytes: Uint8Array, length: number): void {
  hash.of(bytes, 0, length);
  parts.nameHigh = hash.high;
  parts.nameLow = hash.low;
}
