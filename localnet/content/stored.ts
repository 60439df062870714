/** Bytes that can be read anywhere, made when they are asked for. Positions count bytes; `to` is not included. */
export type Content = { size: number; read(from: number, to: number): Uint8Array };

/** Something that a bucket holds. `node` = a DAG node, of which `content` is the encoding. */
export type Stored = { cid: Uint8Array; name: string; content: Content };

export function contentOf(bytes: Uint8Array): Content {
  return { size: bytes.length, read: (from, to) => bytes.subarray(from, to) };
}

const blockBytes = 65_536;

/** Noise of any size, the same for the same seed; each block of 64 KiB is made on its own. */
export function noise(seed: number, size: number): Content {
  const block = new Uint32Array(blockBytes / 4);
  const bytes = new Uint8Array(block.buffer);
  let held = -1;
  const fill = (index: number) => {
    if (held === index) return;
    held = index;
    let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 1;
    for (let at = 0; at < block.length; at++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      block[at] = state;
    }
  };
  return {
    size,
    read: (from, to) => {
      const part = new Uint8Array(Math.max(0, to - from));
      for (let at = from; at < to; ) {
        fill(Math.floor(at / blockBytes));
        const inner = at % blockBytes;
        const until = Math.min(blockBytes, inner + to - at);
        part.set(bytes.subarray(inner, until), at - from);
        at += until - inner;
      }
      return part;
    },
  };
}
