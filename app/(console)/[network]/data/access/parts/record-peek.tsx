import Link from "next/link";
import type { ReactNode } from "react";
import type { AccessRecord } from "../../../../../../server/features/access/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { Peek, PeekSection } from "../../../../../_ui/peek.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { Amounts } from "./amounts.tsx";
import { CheckSignatures } from "./check-signatures.tsx";
import { AnswerWord, recordId } from "./record-table.tsx";

type RecordPeekProps = {
  network: NetworkName;
  record: AccessRecord;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One record: our reading of it with the reason, what it says, and a check of its signatures. */
export function RecordPeek({ network, record, ...peek }: RecordPeekProps) {
  return (
    <Peek label={recordId(record)} head={<span className="peek-t">Record</span>} {...peek}>
      <PeekSection>
        <p>
          <AnswerWord answer={record.answer} status={record.status} isAfterEnd={record.isAfterEnd} />
        </p>
        <p className="sec">{record.reason}</p>
      </PeekSection>
      <PeekSection>
        <KeyValue items={factsOf(network, record)} />
      </PeekSection>
      <PeekSection title="Token">
        {record.grant ? (
          <KeyValue items={grantFacts(record.grant)} />
        ) : (
          <p className="dim">No token came with it, or in a form that is not read.</p>
        )}
      </PeekSection>
      <CheckSignatures />
    </Peek>
  );
}

function factsOf(network: NetworkName, record: AccessRecord): (readonly [string, ReactNode])[] {
  return [
    ["Time", <Time key="at" at={record.at} form="instant" />],
    [
      "Account",
      record.account ? (
        <Id key="account" value={record.account} what="account" showCopy />
      ) : (
        <span key="account" className="na">
          not signed
        </span>
      ),
    ],
    ["Operation", record.operation.toUpperCase()],
    [
      "Bucket",
      <Link key="bucket" className="lk" href={`/${network}/data/buckets/${record.bucket}`}>
        {record.bucket}
      </Link>,
    ],
    [
      "CID",
      record.cid ? (
        <Link
          key="cid"
          className="lk mono break-all"
          href={`/${network}/data/cids/${record.cid}?bucket=${record.bucket}`}
        >
          {record.cid}
        </Link>
      ) : (
        <span key="cid" className="na">
          none
        </span>
      ),
    ],
    [
      "Node",
      <Link key="node" className="lk" href={`/${network}/nodes/${record.nodeKey}`}>
        {record.nodeName ?? record.nodeKey}
      </Link>,
    ],
    ["Bytes", <Amounts key="bytes" bytes={record.bytes} sizeBytes={record.sizeBytes} />],
    [
      "Latency",
      record.latencyMs === null ? (
        <span key="latency" className="na">
          not told
        </span>
      ) : (
        `${record.latencyMs} ms`
      ),
    ],
    [
      "Record at",
      <span key="place" className="mono">
        {recordId(record)}
      </span>,
    ],
    ...(record.cid
      ? [
          [
            "Lineage",
            <Link key="lineage" className="lk" href={`/${network}/data/lineage?root=content:${record.cid}`}>
              where it came from
            </Link>,
          ] as const,
        ]
      : []),
  ];
}

function grantFacts(grant: NonNullable<AccessRecord["grant"]>): (readonly [string, ReactNode])[] {
  return [
    ["Ends", grant.expiresAt ? <Time key="end" at={grant.expiresAt} form="instant" /> : "never"],
    ["Allows", grant.operations.map((word) => word.toUpperCase()).join(", ") || "nothing"],
    ["Bucket", grant.bucket ?? "every bucket of who gave it"],
    [
      "Given by",
      grant.giver ? (
        <Id key="giver" value={grant.giver} what="account" showCopy />
      ) : (
        <span key="giver" className="na">
          not signed
        </span>
      ),
    ],
    ["Passed on", grant.links === 1 ? "no" : `chain of ${grant.links}`],
  ];
}
