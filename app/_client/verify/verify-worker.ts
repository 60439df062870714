import { openBlake3 } from "../../../server/kernel/cid/blake3.ts";
import { digestHex } from "../../../server/kernel/cid/cid.ts";
import { findCid } from "../../../server/kernel/cid/parse-cid.ts";
import { readBlock } from "./read-block.ts";
import { buildReceipt } from "./receipt.ts";
import type { FromVerifier, ToVerifier, VerifyJob } from "./verify-protocol.ts";
import { VerifyRun } from "./verify-run.ts";

/** Hashing beside the page, so that the page answers meanwhile. Runs as /verify-worker.js. */
type WorkerScope = {
  postMessage(message: FromVerifier, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToVerifier>) => void): void;
};

const scope = globalThis as unknown as WorkerScope;
let running: { job: VerifyJob; run: VerifyRun } | null = null;

scope.addEventListener("message", ({ data }) => {
  handle(data).catch((error: unknown) => {
    scope.postMessage({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});

async function handle(message: ToVerifier): Promise<void> {
  switch (message.kind) {
    case "start":
      return start(message.job);
    case "pause":
      return running?.run.pause();
    case "resume":
      return running?.run.run();
    case "receipt":
      return sendReceipt();
    case "hash":
      return hashFile(message);
    case "fetch":
      return fetchBlock(message);
  }
}

async function start(job: VerifyJob): Promise<void> {
  running?.run.pause();
  const run = new VerifyRun({
    job,
    fetch: (...args) => fetch(...args),
    onProgress: (progress, blocks) => {
      if (running?.run === run) scope.postMessage({ kind: "progress", progress, blocks });
    },
  });
  running = { job, run };
  await run.run();
}

function sendReceipt(): void {
  if (!running) return;
  const receipt = buildReceipt(running.job, running.run.receipts, new Date());
  scope.postMessage({ kind: "receipt", text: `${JSON.stringify(receipt, null, 1)}\n` });
}

async function hashFile({ id, file }: Extract<ToVerifier, { kind: "hash" }>): Promise<void> {
  const started = performance.now();
  const hasher = await openBlake3();
  const reader = file.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) hasher.update(part.value);
  const computed = digestHex(hasher.digest());
  scope.postMessage({
    kind: "hashed",
    id,
    computed,
    bytes: file.size,
    ms: Math.round(performance.now() - started),
  });
}

/** One verified block with its bytes, for what shows or decrypts it. */
async function fetchBlock({ id, job, maxBytes }: Extract<ToVerifier, { kind: "fetch" }>): Promise<void> {
  const cid = findCid(job.cid);
  if (!cid) throw new Error(`${job.cid} is no CID.`);
  const reader = {
    job,
    hasher: await openBlake3(),
    keepBytes: maxBytes,
    fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
    onBytes: () => {},
  };
  const { receipt, content } = await readBlock({ cid, path: "" }, reader, new AbortController().signal);
  const bytes = content && Uint8Array.from(content);
  scope.postMessage({ kind: "fetched", id, block: receipt, bytes }, bytes ? [bytes.buffer] : []);
}
