import type { Page } from "@playwright/test";
import type { VerifyServer } from "./server.ts";

export type VerifyMeasure = {
  shareOfRawHash: number;
  inputDelayMsMax: number;
  rawMbPerSecond: number;
  /** Bytes that come and are not hashed: what is left of a processor then is all that hashing can have. */
  fetchMbPerSecond: number;
  verifyMbPerSecond: number;
};

const rounds = 3;
const clickEveryMs = 50;

/** The best of a few rounds each: what else the machine does only slows both. Delays are the worst of all rounds. */
export async function measureVerification(page: Page, server: VerifyServer): Promise<VerifyMeasure> {
  await page.evaluate(listenToClicks);
  const raw: number[] = [];
  const fetched: number[] = [];
  const verified: number[] = [];
  for (let round = 0; round < rounds; round++) {
    raw.push(await page.evaluate(hashRaw, server.bytes));
    fetched.push(await page.evaluate(fetchOnly, server.cid));
    const clicking = new AbortController();
    const clicks = clickAway(page, clicking.signal);
    verified.push(await page.evaluate(verify, server.cid));
    clicking.abort();
    await clicks;
  }
  const [rawMs, fetchMs, verifyMs] = [Math.min(...raw), Math.min(...fetched), Math.min(...verified)];
  return {
    shareOfRawHash: round(rawMs / verifyMs, 3),
    inputDelayMsMax: round(await page.evaluate(() => Reflect.get(window, "worstDelayMs")), 1),
    rawMbPerSecond: round(server.bytes / 1_000 / rawMs, 0),
    fetchMbPerSecond: round(server.bytes / 1_000 / fetchMs, 0),
    verifyMbPerSecond: round(server.bytes / 1_000 / verifyMs, 0),
  };
}

async function clickAway(page: Page, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await page.mouse.click(20, 20);
    await new Promise((resolve) => setTimeout(resolve, clickEveryMs));
  }
}

function listenToClicks(): void {
  Reflect.set(window, "worstDelayMs", 0);
  addEventListener("pointerdown", (event) => {
    const delayMs = performance.now() - event.timeStamp;
    Reflect.set(window, "worstDelayMs", Math.max(Reflect.get(window, "worstDelayMs"), delayMs));
  });
}

function hashRaw(length: number): Promise<number> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 4_096) bytes[at] = at >> 12;
  const worker = new Worker("/raw-hash-worker.js");
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error("raw hash worker failed"));
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data.ms);
    };
    worker.postMessage({ bytes }, [bytes.buffer]);
  });
}

async function fetchOnly(cid: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(`/api/content/mainnet/1/${cid}`, { cache: "no-store" });
  const reader = response.body?.getReader();
  while (reader && !(await reader.read()).done);
  return performance.now() - started;
}

/** Milliseconds by the worker's own report; anything but "verified" fails. */
function verify(cid: string): Promise<number> {
  const worker = new Worker("/verify-worker.js");
  const job = { network: "mainnet", bucket: "1", cid, scope: "block", node: null, token: null };
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error("verify worker failed"));
    worker.onmessage = ({ data }) => {
      if (data.kind === "failed") reject(new Error(data.reason));
      if (data.kind !== "progress" || data.progress.state !== "ended") return;
      worker.terminate();
      if (data.progress.counts.verified === 1) resolve(data.progress.elapsedMs);
      else reject(new Error(JSON.stringify(data.progress)));
    };
    worker.postMessage({ kind: "start", job });
  });
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
