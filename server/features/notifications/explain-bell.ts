import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { severityOf } from "../alerts/rules.ts";
import { type BellFacts, judgeBell, ringsFor } from "./rules.ts";
import type { BellVerdict, ExplainBellInput } from "./schema.ts";

type Row = Pick<
  BellFacts,
  | "state"
  | "quietUntil"
  | "silenceReason"
  | "maintenanceUntil"
  | "inhibitedBy"
  | "wasInhibited"
  | "takenBy"
  | "hasFired"
> & {
  severity: number;
  rangAt: Date | null;
  readAt: Date | null;
};

/** Why an alert rang the bell of whoever asks, or did not. */
export async function explainBell(
  { actor, db, clock }: Pick<Ctx, "actor" | "db" | "clock">,
  { network, id }: ExplainBellInput,
): Promise<BellVerdict> {
  const person = personOf(actor);
  const rows = await db.sql<Row>(
    `SELECT a.severity, a.state, a.firing_at IS NOT NULL AS "hasFired", a.quiet_until AS "quietUntil",
            s.reason AS "silenceReason", a.maintenance_until AS "maintenanceUntil",
            (SELECT jsonb_build_object('id', o.id::text, 'title', o.title) FROM alert o
             WHERE o.id = a.inhibited_by) AS "inhibitedBy",
            EXISTS (SELECT FROM alert_event e WHERE e.alert = a.id AND e.kind = 'inhibited') AS "wasInhibited",
            CASE WHEN a.acknowledged_at IS NOT NULL THEN a.owner_name END AS "takenBy",
            n.at AS "rangAt", n.read_at AS "readAt"
     FROM alert a
     LEFT JOIN alert_silence s ON s.network = a.network AND s.id = a.silence
     LEFT JOIN notification n ON n.user_id = $3 AND n.event = 'alert ' || a.id
     WHERE a.network = $1 AND a.id = $2`,
    [networkByName(network).id, id, person.id],
  );
  const [row] = rows;
  if (!row) throw notFound("alert", id);
  const { rangAt, readAt, severity, ...alert } = row;
  const mayAct = ringsFor(person.grants, network);
  const rang = rangAt && { at: rangAt, readAt };
  return judgeBell({ ...alert, network, mayAct, rang, severity: severityOf(severity) }, clock.now());
}
