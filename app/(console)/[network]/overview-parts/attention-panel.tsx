import Link from "next/link";
import type { Attention, Overview } from "../../../../server/features/overview/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { Glyph } from "../../../_ui/glyph.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { Time } from "../../../_ui/time.tsx";

type AttentionPanelProps = { network: NetworkName; overview: Overview };

/** Findings, worst first, each in words and with a way to its page. */
export function AttentionPanel({ network, overview }: AttentionPanelProps) {
  const { attention, attentionTotal } = overview;
  const state =
    attention.length === 0
      ? ({
          kind: "empty",
          title: "Nothing needs attention",
          children: "Silent or failing nodes, stalled sources and storage that runs full are listed here.",
        } as const)
      : ({ kind: "data" } as const);
  return (
    <Panel
      title="Needs attention"
      sub={attention.length < attentionTotal ? `${attention.length} of ${attentionTotal}` : undefined}
      age={{ at: overview.at }}
      state={state}
      isFlush
    >
      <ol className="findings">
        {attention.map((finding) => (
          <Finding key={finding.id} network={network} finding={finding} />
        ))}
      </ol>
    </Panel>
  );
}

function Finding({ network, finding }: { network: NetworkName; finding: Attention }) {
  return (
    <li>
      <Glyph tone={finding.severity} />
      <div>
        <FindingTitle network={network} finding={finding} />
        <p>{finding.detail}</p>
      </div>
      <span className="dim">{finding.since && <Time at={finding.since} />}</span>
    </li>
  );
}

function FindingTitle({ network, finding }: { network: NetworkName; finding: Attention }) {
  const { subject, title } = finding;
  switch (subject.kind) {
    case "node":
      return (
        <h3>
          <Link href={`/${network}/nodes/${subject.key}`}>
            {title} <span className="sec">{subject.name}</span>
          </Link>
        </h3>
      );
    case "ingest":
      return (
        <h3>
          {title} <span className="sec mono">{subject.topic}</span>
        </h3>
      );
    case "indexer":
      return (
        <h3>
          {title} <span className="sec">{subject.family} indexer</span>
        </h3>
      );
    case "network":
      return <h3>{title}</h3>;
  }
}
