import { addAbortSignal, type Readable } from "node:stream";
import { invalid } from "../../kernel/errors.ts";

type Exactly = { sizeBytes: number; chunkBytes: number; signal: AbortSignal };

/** The stream in chunks of one size, the last one smaller; throws when it is not of the size that was announced. */
export async function* readExactly(
  body: Readable,
  { sizeBytes, chunkBytes, signal }: Exactly,
): AsyncGenerator<Buffer> {
  addAbortSignal(signal, body);
  let held: Buffer[] = [];
  let heldBytes = 0;
  let seen = 0;
  for await (const piece of body) {
    let rest = Buffer.from(piece);
    seen += rest.length;
    if (seen > sizeBytes) throw invalid(`More than the ${sizeBytes} bytes that were announced came.`);
    while (rest.length > 0) {
      const taken = rest.subarray(0, chunkBytes - heldBytes);
      held.push(taken);
      heldBytes += taken.length;
      rest = rest.subarray(taken.length);
      // The last chunk waits for the end: more may come, and then none of it is to be stored.
      const isLast = rest.length === 0 && seen === sizeBytes;
      if (heldBytes < chunkBytes || isLast) continue;
      yield Buffer.concat(held);
      held = [];
      heldBytes = 0;
    }
  }
  if (seen < sizeBytes) throw invalid(`The stream ended after ${seen} of ${sizeBytes} bytes.`);
  if (heldBytes > 0) yield Buffer.concat(held);
}
