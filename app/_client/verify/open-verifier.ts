import type { BlockReceipt, FromVerifier, ToVerifier, VerifyJob, VerifyProgress } from "./verify-protocol.ts";

type Heard = {
  onProgress(progress: VerifyProgress, blocks: readonly BlockReceipt[]): void;
  onFailed(reason: string): void;
};

export type HashedFile = { computed: string; bytes: number; ms: number };
export type FetchedBlock = { block: BlockReceipt; bytes: Uint8Array | null };

/** The worker that verifies, as the page sees it. */
export type Verifier = {
  start(job: VerifyJob): void;
  pause(): void;
  resume(): void;
  receipt(): Promise<string>;
  hash(file: Blob): Promise<HashedFile>;
  fetch(job: VerifyJob, maxBytes: number): Promise<FetchedBlock>;
  close(): void;
};

/** Loads the worker at once: afterwards files are hashed without any network. */
export function openVerifier(heard: Heard): Verifier {
  const worker = new Worker("/verify-worker.js", { name: "verify" });
  const waiting = new Map<number, (message: FromVerifier) => void>();
  const receiptId = 0;
  let lastId = receiptId;
  worker.onmessage = ({ data }: MessageEvent<FromVerifier>) => {
    if (data.kind === "progress") return heard.onProgress(data.progress, data.blocks);
    if (data.kind === "failed") return heard.onFailed(data.reason);
    const id = data.kind === "receipt" ? receiptId : data.id;
    waiting.get(id)?.(data);
    waiting.delete(id);
  };
  worker.onerror = () => heard.onFailed("The part that verifies could not be loaded. Load the page again.");
  const say = (message: ToVerifier) => worker.postMessage(message);
  const hear = <Kind extends FromVerifier["kind"]>(id: number, kind: Kind) =>
    new Promise<Extract<FromVerifier, { kind: Kind }>>((resolve) => {
      waiting.set(id, (message) => {
        if (message.kind === kind) resolve(message as Extract<FromVerifier, { kind: Kind }>);
      });
    });
  return {
    start: (job) => say({ kind: "start", job }),
    pause: () => say({ kind: "pause" }),
    resume: () => say({ kind: "resume" }),
    receipt: async () => {
      const told = hear(receiptId, "receipt");
      say({ kind: "receipt" });
      return (await told).text;
    },
    hash: (file) => {
      const told = hear(++lastId, "hashed");
      say({ kind: "hash", id: lastId, file });
      return told;
    },
    fetch: (job, maxBytes) => {
      const told = hear(++lastId, "fetched");
      say({ kind: "fetch", id: lastId, job, maxBytes });
      return told;
    },
    close: () => worker.terminate(),
  };
}
