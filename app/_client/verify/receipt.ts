import type { BlockReceipt, VerifyJob } from "./verify-protocol.ts";

export const receiptFormat = "cere-console/verification-receipt";

/** A verification as a file: enough to check each block again without the console, the node or the network. */
export type Receipt = {
  format: typeof receiptFormat;
  version: 1;
  /** What the hashes are of. */
  note: string;
  network: string;
  bucket: string;
  root: string;
  scope: VerifyJob["scope"];
  writtenAt: string;
  blocks: readonly BlockReceipt[];
};

export function buildReceipt(job: VerifyJob, blocks: readonly BlockReceipt[], at: Date): Receipt {
  return {
    format: receiptFormat,
    version: 1,
    note: "BLAKE3-256 of the bytes as the node served them; of an encrypted piece that is the ciphertext.",
    network: job.network,
    bucket: job.bucket,
    root: job.cid,
    scope: job.scope,
    writtenAt: at.toISOString(),
    blocks,
  };
}

export type ParsedReceipt = { kind: "receipt"; receipt: Receipt } | { kind: "none"; why: string };

/** Reads a receipt file. What it says was computed is compared, never believed. */
export function parseReceipt(text: string): ParsedReceipt {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "none", why: "It is no JSON." };
  }
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== receiptFormat)
    return { kind: "none", why: "It is no verification receipt." };
  const { blocks, version } = value as Record<string, unknown>;
  if (version !== 1) return { kind: "none", why: `Its version is ${String(version)}; this console reads 1.` };
  if (!Array.isArray(blocks) || !blocks.every(isBlock))
    return { kind: "none", why: "Its blocks cannot be read." };
  return { kind: "receipt", receipt: value as Receipt };
}

function isBlock(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { cid, expected, path } = value as Record<string, unknown>;
  return (
    typeof cid === "string" &&
    typeof path === "string" &&
    typeof expected === "string" &&
    /^[0-9a-f]{64}$/.test(expected)
  );
}

/** What a file is to a receipt: the block whose CID it hashes to; or one that was served with these wrong bytes; or none. */
export type FileCheck =
  | { kind: "is_block"; block: BlockReceipt }
  | { kind: "is_wrong_block"; block: BlockReceipt }
  | { kind: "unknown" };

export function checkFile(receipt: Pick<Receipt, "blocks">, computed: string): FileCheck {
  const right = receipt.blocks.find(({ expected }) => expected === computed);
  if (right) return { kind: "is_block", block: right };
  const wrong = receipt.blocks.find((block) => block.computed === computed);
  return wrong ? { kind: "is_wrong_block", block: wrong } : { kind: "unknown" };
}
