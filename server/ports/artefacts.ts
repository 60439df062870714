import type { Readable } from "node:stream";

export type WriteOptions = {
  signal: AbortSignal;
  isCompressed: boolean;
  /** The file may not grow over this; then the write fails with `conflict`. */
  maxBytes: number;
  /** Bytes in the file so far. */
  onBytes(bytes: number): void;
};

/** Files that the console makes and gives away again. A name is a plain word: letters, digits and dashes. */
export type Artefacts = {
  /** Writes a file whole, or leaves none. Resolves with its size when it is safely there. */
  write(name: string, text: AsyncIterable<string>, options: WriteOptions): Promise<number>;
  /** Null when it is not here. */
  read(name: string): Promise<{ bytes: number; stream(): Readable } | null>;
  /** It may be gone already. */
  remove(name: string): Promise<void>;
  /** What nobody asked to be removed, because its process died. Returns how many went. */
  removeOlderThan(at: Date): Promise<number>;
};
