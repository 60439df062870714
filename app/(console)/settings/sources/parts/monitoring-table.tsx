import type { MonitoringService } from "../../../../../server/features/settings/schema.ts";
import type { Tone } from "../../../../_ui/glyph.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";

const states: Record<MonitoringService["state"], { tone: Tone; word: string }> = {
  ok: { tone: "ok", word: "reached" },
  down: { tone: "crit", word: "not reached" },
  absent: { tone: "unknown", word: "not connected" },
};

const words: Record<MonitoringService["service"], { name: string; variable: string; without: string }> = {
  prometheus: {
    name: "Prometheus",
    variable: "PROMETHEUS_URL",
    without: "pages of nodes show only what telemetry reports",
  },
  grafana: {
    name: "Grafana",
    variable: "GRAFANA_URL",
    without: "the console draws the panels of dashboards itself",
  },
};

/** Whether they are there; what is not connected says how to connect it, and what is so without. */
export function MonitoringTable({ services }: { services: readonly MonitoringService[] }) {
  return (
    <SmallTable
      label="Monitoring"
      rows={services}
      rowKey={({ service }) => service}
      rowTone={({ state }) => (state === "down" ? "bad" : null)}
      columns={[
        { id: "service", title: "Service", cell: ({ service }) => words[service].name },
        { id: "host", title: "Where", wraps: true, cell: (service) => <Host service={service} /> },
        { id: "gives", title: "Answers", cell: ({ gives }) => gives ?? <span className="na">·</span> },
        { id: "state", title: "State", cell: (service) => <State service={service} /> },
      ]}
    />
  );
}

function Host({ service: { service, host, state } }: { service: MonitoringService }) {
  const { variable, without } = words[service];
  if (state !== "absent") return <span className="mono">{host ?? "no address of its own"}</span>;
  return (
    <span className="dim">
      Set <code>{variable}</code>. Without it {without}.
    </span>
  );
}

function State({ service: { state, reason } }: { service: MonitoringService }) {
  const { tone, word } = states[state];
  return (
    <StatusWord tone={tone} {...(reason && { why: reason })}>
      {word}
    </StatusWord>
  );
}
