import type { ProbeEntry } from "../../../../../server/features/probes/schema.ts";
import { formatMs } from "../../../../_ui/format/duration.ts";
import type { Notification } from "../../../../_ui/notify.ts";

/** What a probe of one node gave, or why the server would not ask it. */
export type ProbeOutcome = { name: string } & ({ entry: ProbeEntry } | { refused: string });

/** One message for however many nodes; those that did not answer are named with their reason. */
export function probeNotification(outcomes: readonly ProbeOutcome[]): Notification {
  const failures = outcomes.flatMap((outcome) => {
    const reason = failureOf(outcome);
    return reason === null ? [] : [`${outcome.name}: ${reason}`];
  });
  const [only] = outcomes;
  if (outcomes.length === 1 && only)
    return failures[0] === undefined
      ? { tone: "ok", title: `${only.name} answered${latencyOf(only)}` }
      : {
          tone: "warn",
          title: `${only.name} did not answer`,
          detail: failures[0].slice(only.name.length + 2),
        };
  const answered = outcomes.length - failures.length;
  const title = `${answered} of ${outcomes.length} nodes answered`;
  return failures.length === 0 ? { tone: "ok", title } : { tone: "warn", title, detail: failures.join("\n") };
}

function failureOf(outcome: ProbeOutcome): string | null {
  if ("refused" in outcome) return outcome.refused;
  const { kind, detail, reason } = outcome.entry;
  return kind === "answered" ? null : (detail ?? reason ?? "no answer");
}

function latencyOf(outcome: ProbeOutcome): string {
  if ("refused" in outcome || outcome.entry.latencyMs === null) return "";
  return ` in ${formatMs(outcome.entry.latencyMs)} ms`;
}
