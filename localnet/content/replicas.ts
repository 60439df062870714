import type { LocalNode } from "../network/local-node.ts";
import { hash } from "../network/random.ts";

const copies = 4;

/** Which nodes of a cluster hold an object: `copies` that stand beside each other in a ring, another place for each. */
export function holdersOf(bucket: number, object: number, ring: readonly LocalNode[]): LocalNode[] {
  const first = placeOf(bucket, object, ring.length);
  const held = Math.min(copies, ring.length);
  return Array.from({ length: held }, (_, step) => ring[(first + step) % ring.length]).filter(
    (node) => node !== undefined,
  );
}

/** The object nearest to `wished` that the node at `place` of the ring holds; `copy` = which of its copies, 0 to 3. */
export function heldObject(
  wish: { bucket: number; object: number; objects: number },
  place: number,
  ring: { length: number; copy: number },
): number {
  const { length } = ring;
  const copy = ring.copy % Math.min(copies, length);
  const away = (place - copy - placeOf(wish.bucket, wish.object, length) + 2 * length) % length;
  const object = wish.object + away;
  return object < wish.objects ? object : Math.max(0, object - length);
}

function placeOf(bucket: number, object: number, length: number): number {
  return ((hash(`bucket ${bucket}`) % length) + object) % length;
}
