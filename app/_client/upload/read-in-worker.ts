import type { BundleReading, DroppedFile } from "./read-bundle.ts";
import type { FromUploadWorker, ToUploadWorker } from "./upload-worker.ts";

export type ReadInWorker = { reading: BundleReading; ms: number };

type Watching = { onBytes(bytes: number): void; signal: AbortSignal };

/** Reads what was dropped in a worker of its own, which ends with it. Rejects with the reason in words. */
export function readInWorker(
  files: readonly DroppedFile[],
  { onBytes, signal }: Watching,
): Promise<ReadInWorker> {
  const worker = new Worker("/upload-worker.js", { name: "upload" });
  const { promise, resolve, reject } = Promise.withResolvers<ReadInWorker>();
  worker.onmessage = ({ data }: MessageEvent<FromUploadWorker>) => {
    if (data.kind === "progress") onBytes(data.bytes);
    else if (data.kind === "read") resolve({ reading: data.reading, ms: data.ms });
    else reject(new Error(data.why));
  };
  worker.onerror = () =>
    reject(new Error("The part that reads files could not be loaded. Load the page again."));
  signal.addEventListener("abort", () => reject(new Error("Reading was stopped.")), { once: true });
  const message: ToUploadWorker = { files };
  worker.postMessage(message);
  return promise.finally(() => worker.terminate());
}
