import { type BundleReading, type DroppedFile, readBundle } from "./read-bundle.ts";

/** Unpacking and hashing beside the page. Runs as /upload-worker.js. */
export type ToUploadWorker = { files: readonly DroppedFile[] };
export type FromUploadWorker =
  | { kind: "progress"; bytes: number }
  | { kind: "read"; reading: BundleReading; ms: number }
  | { kind: "refused"; why: string };

type WorkerScope = {
  postMessage(message: FromUploadWorker): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToUploadWorker>) => void): void;
};

const scope = globalThis as unknown as WorkerScope;
const progressMs = 100;

scope.addEventListener("message", ({ data }) => {
  read(data).catch((error: unknown) => {
    scope.postMessage({ kind: "refused", why: error instanceof Error ? error.message : String(error) });
  });
});

async function read({ files }: ToUploadWorker): Promise<void> {
  const startedAt = performance.now();
  let bytes = 0;
  let toldAt = startedAt;
  const reading = await readBundle(files, (more) => {
    bytes += more;
    if (performance.now() - toldAt < progressMs) return;
    toldAt = performance.now();
    scope.postMessage({ kind: "progress", bytes });
  });
  scope.postMessage({ kind: "read", reading, ms: Math.round(performance.now() - startedAt) });
}
