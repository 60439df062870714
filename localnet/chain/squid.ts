import { Client } from "pg";
import type { LocalNetwork } from "../network/local-network.ts";
import { blockMs } from "../network/plan.ts";
import { appendBlocks, readHead } from "./append-blocks.ts";

const retryMs = 2_000;

/** Plays a network's squid: a block every six seconds, and after a stall all that it missed. Until the signal. */
export async function runSquid(
  network: LocalNetwork,
  { url, isStalled }: { url: string; isStalled(): boolean },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await follow(network, { url, isStalled }, signal);
    } catch {
      // PostgreSQL is away or restarting: a squid waits for it too.
      await sleep(retryMs, signal);
    }
  }
}

async function follow(
  network: LocalNetwork,
  { url, isStalled }: { url: string; isStalled(): boolean },
  signal: AbortSignal,
): Promise<void> {
  const client = new Client({ connectionString: url, application_name: "localnet-squid" });
  client.on("error", () => {});
  await client.connect();
  try {
    let head = await readHead(client);
    while (!signal.aborted) {
      const height = network.heightAt(Date.now());
      if (!isStalled() && height > head.height) head = await appendBlocks(client, network, { head, height });
      const nextBlockMs = network.timeOf(network.heightAt(Date.now()) + 1) - Date.now();
      await sleep(Math.min(blockMs, Math.max(50, isStalled() ? 1_000 : nextBlockMs)), signal);
    }
  } finally {
    await client.end().catch(() => {});
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
