import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { severityOf } from "../alerts/rules.ts";
import { buildContent } from "./build-content.ts";
import { inventedAlert } from "./check-templates.ts";
import { allLabels, judgeRoute } from "./rules.ts";
import type { PreviewRouteInput, RoutePreview } from "./schema.ts";

type Row = {
  id: string;
  rule: string;
  source: string;
  severity: number;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  labels: Record<string, string>;
  title: string;
  detail: string;
  firingAt: Date;
};

const mostLooked = 10_000;

/** What a message of this route looks like, and how many of last week's alerts it would have told. */
export async function previewRoute(
  { db, clock, deps }: Pick<Ctx, "db" | "clock" | "deps">,
  { network, definition }: PreviewRouteInput,
): Promise<RoutePreview> {
  const rows = await db.sql<Row>(
    `SELECT id, rule, source, severity, subject_kind AS "subjectKind", subject_id AS "subjectId",
            subject_name AS "subjectName", labels, title, detail, firing_at AS "firingAt"
     FROM alert WHERE network = $1 AND firing_at > $2::timestamptz - interval '7 days'
     ORDER BY firing_at DESC LIMIT ${mostLooked}`,
    [networkByName(network).id, clock.now()],
  );
  const alerts = rows.map((row) => {
    const { id, title, detail, subjectName: subject, rule, source } = row;
    const severity = severityOf(row.severity);
    const labels = allLabels({
      ...{ network, source, rule, severity, labels: row.labels },
      subject: { kind: row.subjectKind, id: row.subjectId, name: subject },
    });
    const at = row.firingAt.toISOString();
    return { id, title, detail, subject, severity, labels, change: "firing" as const, firedAt: at, at };
  });
  const fitting = alerts.filter((alert) => judgeRoute({ ...definition, isEnabled: true }, alert).isTold);
  const [sample] = fitting;
  const content = buildContent({
    network,
    baseUrl: deps.self.baseUrl,
    templates: definition,
    alerts: [sample ?? inventedAlert],
  });
  return {
    title: content.title,
    text: content.text,
    sample: sample ? `A-${sample.id}` : null,
    fired: alerts.length,
    fits: fitting.length,
  };
}
