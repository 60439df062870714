import { type AppError, invalid } from "../errors.ts";
import type { ArchiveLimits } from "./archive-limits.ts";

const freeBytes = 2 ** 20;

/** Passes bytes on until all that came out of one archive is more than allowed. One counter an archive. */
export class UnpackedCounter {
  readonly #limits: ArchiveLimits;
  readonly #packedBytes: number;
  #bytes = 0;

  constructor(limits: ArchiveLimits, packedBytes: number) {
    this.#limits = limits;
    this.#packedBytes = packedBytes;
  }

  /** `overhead` = bytes that an archive may hold beside its files. */
  count(overheadBytes = 0): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.#bytes += chunk.length;
        const fault = this.#fault(overheadBytes);
        if (fault) controller.error(fault);
        else controller.enqueue(chunk);
      },
    });
  }

  #fault(overheadBytes: number): AppError | null {
    const { maxBytes, maxRatio } = this.#limits;
    if (this.#bytes > maxBytes + overheadBytes)
      return invalid(`Unpacked it is larger than ${maxBytes / 2 ** 20} MiB.`);
    if (this.#bytes > freeBytes + overheadBytes && this.#bytes > this.#packedBytes * maxRatio)
      return invalid(
        `It unpacks to more than ${maxRatio} times its size. A bundle does not do that, a zip bomb does.`,
      );
    return null;
  }
}
