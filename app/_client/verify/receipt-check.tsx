"use client";

import { useId, useState } from "react";
import { formatNumber } from "../../_ui/format/number.ts";
import { type SmallColumn, SmallTable } from "../../_ui/table/small-table.tsx";
import type { Verifier } from "./open-verifier.ts";
import { checkFile, type FileCheck, parseReceipt, type Receipt } from "./receipt.ts";

type Checked = { name: string; computed: string; check: FileCheck };

/** A receipt and files, checked in this page alone: it works with the network cut. */
export function ReceiptCheck({ verifier }: { verifier: Verifier | null }) {
  const id = useId();
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [checked, setChecked] = useState<readonly Checked[]>([]);
  const take = async (files: readonly File[]) => {
    const found = receipt ?? (await firstReceipt(files));
    if (!found) return setProblem("Drop the receipt (JSON) first, or together with the files.");
    setProblem(null);
    setReceipt(found);
    for (const file of files) {
      if ((await receiptIn(file)) || !verifier) continue;
      const { computed } = await verifier.hash(file);
      const result = { name: file.name, computed, check: checkFile(found, computed) };
      setChecked((before) => [...before, result]);
    }
  };
  return (
    <details>
      <summary className="p-4 text-12">Check a receipt against files, without the network</summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way, the file field is the first */}
      <div
        className="p-4 flex flex-col gap-2 text-12"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take([...event.dataTransfer.files]);
        }}
      >
        <label htmlFor={id}>Receipt and files</label>
        <input
          id={id}
          type="file"
          multiple
          onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
        />
        {problem && (
          <p role="alert" className="t-crit">
            {problem}
          </p>
        )}
        {receipt && (
          <p className="text-3">
            {formatNumber(receipt.blocks.length)} blocks of {receipt.root}, written {receipt.writtenAt}.{" "}
            {receipt.note}
          </p>
        )}
      </div>
      {checked.length > 0 && (
        <SmallTable
          label="Checked files"
          columns={columns}
          rows={checked}
          rowKey={({ name, computed }) => name + computed}
        />
      )}
    </details>
  );
}

const columns: readonly SmallColumn<Checked>[] = [
  { id: "file", title: "File", cell: ({ name }) => name },
  { id: "result", title: "Result", cell: ({ check }) => resultText(check) },
  {
    id: "hash",
    title: "BLAKE3",
    cell: ({ computed }) => <span className="mono">{computed.slice(0, 24)}…</span>,
  },
];

function resultText(check: FileCheck): string {
  switch (check.kind) {
    case "is_block":
      return `is ${check.block.path || "the CID itself"}: hashes to ${check.block.cid.slice(0, 16)}…`;
    case "is_wrong_block":
      return `is what ${check.block.nodeName ?? "a node"} sent for ${check.block.path || "the CID"}: wrong bytes`;
    case "unknown":
      return "is no block of this receipt";
  }
}

async function firstReceipt(files: readonly File[]): Promise<Receipt | null> {
  for (const file of files) {
    const found = await receiptIn(file);
    if (found) return found;
  }
  return null;
}

const largestReceipt = 256 * 2 ** 20;

async function receiptIn(file: File): Promise<Receipt | null> {
  if (!file.name.endsWith(".json") || file.size > largestReceipt) return null;
  const parsed = parseReceipt(await file.text());
  return parsed.kind === "receipt" ? parsed.receipt : null;
}
