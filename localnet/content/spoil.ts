import { hash } from "../network/random.ts";
import type { Disturbance } from "../nodes/disturbance.ts";
import type { Content } from "./stored.ts";

/** Within the data of a DAG node of ours: what is wrong there is no less a node. */
const inNodeData = { start: 12, length: 4 };

/** What a node that lies sends instead: as many bytes, with zeros where something stood. */
export function spoiled(content: Content, cid: string, { wrongRatio }: Disturbance): Content {
  if (!isChosen(cid, wrongRatio) || content.size === 0) return content;
  const { start, length } = cid.startsWith("baear4i") ? inNodeData : middleOf(content.size);
  return {
    size: content.size,
    read: (from, to) => {
      const part = Uint8Array.from(content.read(from, to));
      for (let at = Math.max(from, start); at < Math.min(to, start + length); at++)
        part[at - from] = part[at - from] === 0 ? 1 : 0;
      return part;
    },
  };
}

function middleOf(size: number): { start: number; length: number } {
  const length = Math.min(4_096, Math.max(1, Math.floor(size / 4)));
  return { start: Math.floor((size - length) / 2), length };
}

export function isMissing(cid: string, { missingRatio }: Disturbance): boolean {
  return isChosen(`missing ${cid}`, missingRatio);
}

/** How many of so many bytes are sent before the connection breaks off. */
export function sentBytes(bytes: number, { sentRatio }: Disturbance): number {
  return sentRatio >= 1 ? bytes : Math.floor(bytes * sentRatio);
}

/** The same pieces each time. */
function isChosen(text: string, ratio: number): boolean {
  return ratio > 0 && hash(text) / 2 ** 32 < ratio;
}
