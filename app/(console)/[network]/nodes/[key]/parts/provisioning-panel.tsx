import type { NodeDetail, ProvisioningCheck } from "../../../../../../server/features/nodes/schema.ts";
import { Glyph, type Tone } from "../../../../../_ui/glyph.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";

const words: Record<ProvisioningCheck["state"], { word: string; tone: Tone }> = {
  met: { word: "met", tone: "ok" },
  not_met: { word: "not met", tone: "crit" },
  unknown: { word: "unknown", tone: "unknown" },
};

/** The published floor for hardware, each requirement with the reading behind the answer. */
export function ProvisioningPanel({ detail }: { detail: NodeDetail }) {
  return (
    <Panel
      title="Well provisioned"
      sub={countsOf(detail.provisioning)}
      age={{ at: detail.reportedAt, staleAfterMs: 90_000 }}
      isFlush
    >
      <ul className="checks pb-2">
        {detail.provisioning.map((check) => (
          <li key={check.requirement}>
            <Glyph tone={words[check.state].tone} size={9} />
            <span>
              {check.label}
              <span className="sr-only">: {words[check.state].word}</span>
            </span>
            <span className={check.state === "not_met" ? "t-crit" : "dim"}>{check.reading}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function countsOf(checks: readonly ProvisioningCheck[]): string {
  return (["met", "not_met", "unknown"] as const)
    .map((state) => ({ state, count: checks.filter((check) => check.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${words[state].word}`)
    .join(", ");
}
