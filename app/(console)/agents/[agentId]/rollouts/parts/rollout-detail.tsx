"use client";

import { useQuery } from "@tanstack/react-query";
import type { RolloutDetail as Detail } from "../../../../../../server/features/rollouts/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import type { Environment } from "../../parts/use-place-of-agent.ts";
import { ComparisonCharts } from "./comparison-charts.tsx";
import { phaseTones, phaseWords } from "./phases.ts";
import { RolloutActions } from "./rollout-actions.tsx";

type RolloutDetailProps = { agentId: string; environment: Environment; id: string; isNewest: boolean };

/** One rollout: where it is, what both versions did, what holds it, and the way back. */
export function RolloutDetail({ agentId, environment, id, isNewest }: RolloutDetailProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.rollouts.get.queryOptions({ agentId, environment, id }));
  return (
    <>
      <Sheet columns="3fr 2fr">
        <QueryPanel
          title={`Rollout ${id}`}
          query={query}
          what="the rollout"
          sub={query.data && fromTo(query.data)}
        >
          {(detail) => <Steps detail={detail} />}
        </QueryPanel>
        <QueryPanel title="Verdict and gates" query={query} what="the verdict">
          {(detail) => (
            <>
              <VerdictText detail={detail} />
              <Gates detail={detail} />
              {isNewest && <RolloutActions rollout={detail.rollout} />}
            </>
          )}
        </QueryPanel>
      </Sheet>
      {query.data && <ComparisonCharts detail={query.data} />}
      {query.data && (
        <Sheet columns="3fr 2fr">
          <AnalysisPanel detail={query.data} />
          <EventsPanel detail={query.data} />
        </Sheet>
      )}
    </>
  );
}

function fromTo({ rollout: { stable, candidate } }: Detail): string {
  return `${stable?.semver ?? "nothing"} → ${candidate.semver}`;
}

function Steps({ detail: { rollout } }: { detail: Detail }) {
  const { plan, state, startedAt, startedBy, note } = rollout;
  const weights = [
    ...plan.steps.map(({ weight, seconds }) => ({ weight, seconds })),
    { weight: 100, seconds: null },
  ];
  const reached = state.phase === "succeeded" ? weights.length : state.step;
  return (
    <>
      <p className="text-12 pb-3">
        <StatusWord tone={phaseTones[state.phase]}>{phaseWords[state.phase]}</StatusWord>{" "}
        <span className="sec">
          {state.reason ??
            (state.phase === "waiting" && state.approvedBy === null ? "for a second person" : note)}
        </span>
      </p>
      <ol className="rollout-steps" aria-label="Steps">
        {weights.map(({ weight, seconds }, index) => (
          <li
            key={weight}
            aria-current={index === state.step ? "step" : undefined}
            data-state={index < reached ? "done" : index === reached ? "now" : "next"}
          >
            <b>{weight} %</b>
            <div className="text-12">{stepWord(index, { reached, seconds, elapsedMs: state.elapsedMs })}</div>
          </li>
        ))}
      </ol>
      <p className="dim text-12 pt-3">
        {plan.strategy.replaceAll("_", " ")}, started <Time at={startedAt} /> by {startedBy}
        {state.approvedBy && `, approved by ${state.approvedBy}`}; the candidate gets {state.weight} % now
      </p>
    </>
  );
}

function stepWord(index: number, at: { reached: number; seconds: number | null; elapsedMs: number }): string {
  if (index < at.reached) return "done";
  if (at.seconds === null) return "then it is the stable one";
  if (index > at.reached) return `${at.seconds} s`;
  return `${formatNumber(at.elapsedMs / 1_000)} of ${at.seconds} s`;
}

function VerdictText({ detail: { rollout } }: { detail: Detail }) {
  const { verdict } = rollout.state;
  if (!verdict) return <StatusWord tone="unknown">no verdict yet</StatusWord>;
  const tone = ({ pass: "ok", fail: "crit", inconclusive: "unknown" } as const)[verdict.result];
  return (
    <p>
      <StatusWord tone={tone}>{verdict.result}</StatusWord> <span className="sec">{verdict.why}</span>
    </p>
  );
}

const gateWords = {
  alerts: "No firing alert on the agent",
  budget: "Error budget",
  freeze: "No freeze window",
  bundle: "Bundle re-hashed",
  runtime: "SET acknowledged",
} as const;

function Gates({ detail: { rollout } }: { detail: Detail }) {
  return (
    <ul className="checks" aria-label="Gates">
      {rollout.state.gates.map(({ gate, holds, detail }) => (
        <li key={gate}>
          <Glyph tone={holds ? "crit" : "ok"} size={9} />
          <span>
            {gateWords[gate]}
            <span className={holds ? "t-crit" : "sr-only"}>{holds ? ": holds" : ": open"}</span>
          </span>
          <span className="sec">{detail}</span>
        </li>
      ))}
    </ul>
  );
}

const metricWords = { error_rate: "Error rate, %", latency_p99: "Latency p99, ms" } as const;
const resultTones = { pass: "ok", over: "crit", unclear: "warn", short: "unknown" } as const;

function AnalysisPanel({ detail: { rollout } }: { detail: Detail }) {
  const { verdict } = rollout.state;
  const state = verdict
    ? ({ kind: "data" } as const)
    : ({
        kind: "empty",
        title: "Not judged yet",
        children: "A step that is analysed is judged every interval.",
      } as const);
  return (
    <Panel
      title="Analysis"
      sub={
        verdict &&
        `the same time for both; ${verdict.stableCount} / ${verdict.candidateCount} events, minimum ${verdict.minSample}`
      }
      isFlush
      state={state}
    >
      <SmallTable
        label="Analysis"
        rows={verdict?.metrics ?? []}
        rowKey={({ metric }) => metric}
        rowTone={({ result }) => (result === "over" ? "bad" : null)}
        columns={[
          { id: "metric", title: "Metric", cell: ({ metric }) => metricWords[metric] },
          { id: "stable", title: "Stable", isNumber: true, cell: ({ stable }) => formatNumber(stable, 2) },
          {
            id: "candidate",
            title: "Candidate",
            isNumber: true,
            cell: ({ candidate }) => formatNumber(candidate, 2),
          },
          {
            id: "difference",
            title: "Difference",
            isNumber: true,
            cell: (row) => `${formatNumber(row.difference, 2)} ${unitOf(row.metric)}`,
          },
          {
            id: "limit",
            title: "Limit",
            isNumber: true,
            cell: (row) => `+${formatNumber(row.limit, 2)} ${unitOf(row.metric)}`,
          },
          {
            id: "result",
            title: "Verdict",
            cell: ({ result }) => <StatusWord tone={resultTones[result]}>{result}</StatusWord>,
          },
        ]}
      />
    </Panel>
  );
}

function unitOf(metric: keyof typeof metricWords): string {
  return metric === "error_rate" ? "pt" : "%";
}

function EventsPanel({ detail: { events } }: { detail: Detail }) {
  return (
    <Panel title="What happened" isFlush>
      <SmallTable
        label="What happened"
        rows={events.map((event, index) => ({ ...event, key: `${event.at} ${index}` }))}
        rowKey={({ key }) => key}
        columns={[
          { id: "at", title: "When", cell: ({ at }) => <Time at={at} form="clock" /> },
          { id: "kind", title: "What", cell: ({ kind }) => kind.replaceAll("_", " ") },
          {
            id: "by",
            title: "By",
            cell: ({ actor }) => <span className="sec">{actor ?? "controller"}</span>,
          },
          { id: "note", title: "Note", wraps: true, cell: ({ note }) => note ?? "" },
        ]}
      />
    </Panel>
  );
}
