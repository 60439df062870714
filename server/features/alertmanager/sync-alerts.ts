import { msBetween } from "../../kernel/clock.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { announceAlertChanges } from "../alerts/announce-alert-changes.ts";
import { apiAlertsSchema, apiStatusSchema, type ForeignAlert } from "./alertmanager-schema.ts";
import { type AlertmanagerSource, callAlertmanager } from "./call-alertmanager.ts";
import { isHeartbeat } from "./heartbeat-rules.ts";
import { recordForeignAlerts } from "./record-foreign-alerts.ts";
import { recordHeartbeat } from "./record-heartbeat.ts";
import { foreignNetwork, settlesMs } from "./rules.ts";

/**
 * Fetches everything that an Alertmanager holds: what a webhook missed opens, and what is there no more resolves. Not soon
 * after its start, though: until Prometheus has told it again, missing says nothing.
 */
export async function syncAlerts(ctx: Ctx, { network, url }: AlertmanagerSource): Promise<void> {
  const { outbound } = ctx.deps;
  const [status, listed] = await Promise.all([
    callAlertmanager({ outbound, url }, { method: "GET", path: "status" }, apiStatusSchema),
    callAlertmanager({ outbound, url }, { method: "GET", path: "alerts" }, apiAlertsSchema),
  ]);
  const at = ctx.clock.now();
  const firing = listed
    .filter(({ labels }) => !isHeartbeat(labels) && (foreignNetwork(labels) ?? network) === network)
    .map((alert): ForeignAlert => ({ ...alert, status: "firing", silencedBy: alert.status.silencedBy }));
  const isSettled = msBetween(new Date(status.uptime), at) > settlesMs;
  await ctx.db.prisma.$transaction(async (tx) => {
    const gone = isSettled
      ? await tx.$queryRaw<{ fingerprint: string; startsAt: Date }[]>`
          SELECT fingerprint, pending_at AS "startsAt" FROM alert
          WHERE network = ${networkByName(network).id} AND source = 'alertmanager' AND resolved_at IS NULL
            AND evaluated_at < ${at}::timestamptz - interval '1 minute'
            AND fingerprint <> ALL (${firing.map(({ fingerprint }) => fingerprint)}::text[])`
      : [];
    const resolved = gone.map(
      ({ fingerprint, startsAt }): ForeignAlert => ({
        ...{
          status: "resolved",
          labels: {},
          annotations: {},
          generatorURL: "",
          fingerprint,
          silencedBy: null,
        },
        startsAt: startsAt.toISOString(),
        endsAt: at.toISOString(),
      }),
    );
    const changed = await recordForeignAlerts(tx, { network, at }, [...firing, ...resolved]);
    if (listed.some(({ labels }) => isHeartbeat(labels))) await recordHeartbeat(tx, [network], at);
    if (changed > 0) await announceAlertChanges(tx, network, at);
  });
}
