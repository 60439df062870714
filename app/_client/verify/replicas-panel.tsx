"use client";

import RefreshCw from "lucide-react/icons/refresh-cw";
import { useState } from "react";
import type { Difference, Replica } from "../../../server/features/verification/schema.ts";
import type { Cid } from "../../../server/kernel/cid/cid.ts";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { Banner } from "../../_ui/banner.tsx";
import { Button } from "../../_ui/button.tsx";
import { formatNumber } from "../../_ui/format/number.ts";
import { Id } from "../../_ui/id.tsx";
import { Panel } from "../../_ui/panel.tsx";
import { type SmallColumn, SmallTable } from "../../_ui/table/small-table.tsx";
import { TextField } from "../../_ui/text-field.tsx";
import { type ReplicasState, useReplicas } from "./use-replicas.ts";
import { VerdictWord } from "./verdict-word.tsx";

type ReplicasPanelProps = { network: NetworkName; bucket: string; cid: Cid; isPublic: boolean | null };

/** The same CID from every node that may have it: who has it, how fast, and whose bytes differ. */
export function ReplicasPanel({ network, bucket, cid, isPublic }: ReplicasPanelProps) {
  const replicas = useReplicas();
  const [token, setToken] = useState("");
  const ask = () =>
    replicas.ask({ network, bucket, cid: cid.text, scope: "block", node: null, token: token.trim() || null });
  const isAsking = replicas.status === "asking";
  return (
    <Panel
      title="Replicas compared"
      sub={subOf(replicas)}
      isFlush
      actions={
        isAsking ? (
          <Button size="small" onClick={replicas.cancel}>
            Cancel
          </Button>
        ) : (
          <Button size="small" icon={RefreshCw} onClick={ask}>
            {replicas.status === "idle" ? "Ask the nodes" : "Ask again"}
          </Button>
        )
      }
    >
      {isPublic === false && (
        <div className="p-4">
          <TextField label="DDC token" value={token} onChange={setToken} autoComplete="off" isMono />
        </div>
      )}
      {replicas.status === "failed" && (
        <Banner tone="warn" title="The nodes could not be asked.">
          {replicas.failure}
        </Banner>
      )}
      {replicas.status === "idle" ? (
        <p className="p-4 text-12 text-3">
          Each node of the cluster is asked, a few at once. The CID decides, not the majority.
        </p>
      ) : (
        <SmallTable
          label="Replicas"
          columns={columns}
          rows={sorted(replicas.replicas)}
          rowKey={({ node }) => node}
          rowTone={({ verdict }) => (verdict === "mismatch" ? "bad" : null)}
          isCompact
        />
      )}
      {replicas.difference && (
        <DifferenceText difference={replicas.difference} replicas={replicas.replicas} />
      )}
    </Panel>
  );
}

function subOf({ status, nodes, replicas, at }: ReplicasState): string {
  if (status === "idle" || at === null) return "who has it, and whose bytes differ";
  const time = at.slice(11, 19);
  return `${replicas.length} of ${nodes.length} nodes answered, asked at ${time} UTC`;
}

const order = ["mismatch", "verified", "unverifiable", "unreachable"] as const;

function sorted(replicas: readonly Replica[]): Replica[] {
  return [...replicas].sort(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || a.totalMs - b.totalMs,
  );
}

const columns: readonly SmallColumn<Replica>[] = [
  {
    id: "node",
    title: "Node",
    width: 180,
    cell: ({ name, region }) => (
      <>
        <b>{name}</b> <span className="text-3">{region}</span>
      </>
    ),
  },
  { id: "answer", title: "Answer", cell: answerOf },
  {
    id: "first",
    title: "First byte ms",
    isNumber: true,
    width: 100,
    cell: ({ firstByteMs }) => figure(firstByteMs),
  },
  { id: "total", title: "Total ms", isNumber: true, width: 90, cell: ({ totalMs }) => figure(totalMs) },
  { id: "bytes", title: "Bytes", isNumber: true, width: 110, cell: ({ bytes }) => formatNumber(bytes) },
  {
    id: "hash",
    title: "BLAKE3 of what it sent",
    cell: ({ computed }) => (computed ? <Id value={computed} what="hash" head={20} tail={8} /> : "·"),
  },
  {
    id: "verdict",
    title: "Verdict",
    width: 150,
    cell: ({ verdict, detail }) => <VerdictWord verdict={verdict} why={detail} />,
  },
];

function answerOf({ verdict, why, detail }: Replica): string {
  if (verdict !== "unreachable") return "has it";
  return why === "not_found" ? "does not have it" : (detail ?? "no answer");
}

function figure(ms: number | null): string {
  return ms === null ? "·" : formatNumber(Math.round(ms));
}

function DifferenceText(props: { difference: Difference; replicas: readonly Replica[] }) {
  const { difference, replicas } = props;
  const nameOf = (key: string) => replicas.find(({ node }) => node === key)?.name ?? key.slice(0, 10);
  const { differingBytes, runs, firstAt, sample, againstSample, node, against } = difference;
  return (
    <div className="p-4 text-12">
      <p>
        <b>{formatNumber(differingBytes)} bytes differ</b> in{" "}
        {runs === 1 ? "one run" : `${formatNumber(runs)} runs`}, from offset {formatNumber(firstAt)} (0x
        {firstAt.toString(16)}). The CID decides, not the majority.
      </p>
      {[
        { key: against, hex: againstSample, other: sample },
        { key: node, hex: sample, other: againstSample },
      ].map(({ key, hex, other }) => (
        <div key={key} className="flex gap-2 mono text-11">
          <span className="text-3" style={{ width: 80 }}>
            {nameOf(key)}
          </span>
          <HexBytes hex={hex} other={other} />
        </div>
      ))}
    </div>
  );
}

function HexBytes({ hex, other }: { hex: string; other: string }) {
  const pairs = hex.match(/../g) ?? [];
  return (
    <span>
      {pairs.map((pair, index) => {
        const isDifferent = other.slice(index * 2, index * 2 + 2) !== pair;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte has nothing but its place
          <span key={index} className={isDifferent ? "t-crit" : undefined}>
            {pair}{" "}
          </span>
        );
      })}
    </span>
  );
}
