import type { Alert, Severity } from "../../../../../server/features/alerts/schema.ts";
import type { Shape, Tone } from "../../../../_ui/glyph.tsx";

/** Of a row of alerts or of groups of them: two lines. */
export const rowHeight = 44;

export const severityLooks: Record<Severity, { tone: Tone; word: string }> = {
  critical: { tone: "crit", word: "Critical" },
  warning: { tone: "warn", word: "Warning" },
  info: { tone: "info", word: "Info" },
};

export const severityOptions = (["info", "warning", "critical"] as const satisfies readonly Severity[]).map(
  (value) => ({ value, label: severityLooks[value].word }),
);

/** What does not wait for anybody is drawn as a ring. */
export function glyphOf(alert: Alert): { tone: Tone; shape?: Shape } {
  const { tone } = severityLooks[alert.severity];
  return alert.state === "firing" && alert.acknowledgedAt === null ? { tone } : { tone, shape: "ring" };
}

/** Where a subject has its page. */
export function subjectHref(network: string, { kind, id }: Alert["subject"]): string | null {
  return kind === "node" ? `/${network}/nodes/${id}` : null;
}
