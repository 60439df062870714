import type { Health, Running } from "../../kernel/lifecycle.ts";
import { networkByName } from "../../kernel/networks.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Election } from "../../ports/election.ts";
import type { AlertmanagerSource } from "./call-alertmanager.ts";
import { syncAlerts } from "./sync-alerts.ts";
import { syncSilences } from "./sync-silences.ts";

export type AlertmanagerOptions = {
  ctx: Ctx;
  election: Election;
  sources: readonly AlertmanagerSource[];
  everyMs?: number;
};

const healthy: Health = { state: "ok", reason: null, since: null };

/** Keeps alerts and silences the same here and in every Alertmanager that is configured, while this process is elected to. */
export function startAlertmanager(options: AlertmanagerOptions): Running & { health(): Health } {
  const { ctx, election, sources, everyMs = 15_000 } = options;
  // Who has nothing to do would be elected and step back every second.
  if (sources.length === 0) return { stop: async () => {}, health: () => healthy };
  const faults = new Map<string, { reason: string; since: Date }>();
  const seat = election.whileElected({
    name: "alertmanager",
    work: async (signal) => {
      await forgetOthers(ctx, sources);
      await Promise.all(
        sources.map((source) => {
          const onError = (error: unknown) => {
            const reason = error instanceof Error ? error.message : String(error);
            faults.set(source.url.host, {
              reason,
              since: faults.get(source.url.host)?.since ?? ctx.clock.now(),
            });
          };
          return repeat({ pauseMs: everyMs, signal, onError }, async () => {
            await syncAlertmanager(ctx, source);
            faults.delete(source.url.host);
          });
        }),
      );
    },
  });
  return {
    stop: () => seat.stop(),
    health: () => {
      const [first] = faults.values();
      return {
        state: first ? "degraded" : "ok",
        reason: first ? `Alertmanager: ${first.reason}` : null,
        since: first?.since ?? null,
      };
    },
  };
}

/** Silences first, so that an alert that they hide opens hidden. */
export async function syncAlertmanager(ctx: Ctx, source: AlertmanagerSource): Promise<void> {
  try {
    await syncSilences(ctx, source);
    await syncAlerts(ctx, source);
    await note(ctx, source, null);
  } catch (error) {
    await note(ctx, source, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** What is configured no more is no source that could be down. */
export async function forgetOthers(
  { db }: Pick<Ctx, "db">,
  sources: readonly Pick<AlertmanagerSource, "network" | "url">[],
): Promise<void> {
  await db.sql(
    `DELETE FROM alertmanager_sync AS s
     WHERE NOT EXISTS (SELECT FROM unnest($1::smallint[], $2::text[]) AS c(network, host)
                       WHERE c.network = s.network AND c.host = s.host)`,
    [sources.map(({ network }) => networkByName(network).id), sources.map(({ url }) => url.host)],
  );
}

async function note(
  { db, clock }: Ctx,
  { network, url }: AlertmanagerSource,
  fault: string | null,
): Promise<void> {
  const at = clock.now();
  await db.sql(
    `INSERT INTO alertmanager_sync (network, host, asked_at, at, fault) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (network, host) DO UPDATE SET asked_at = excluded.asked_at, fault = excluded.fault,
       at = coalesce(excluded.at, alertmanager_sync.at)`,
    [networkByName(network).id, url.host, at, fault === null ? at : null, fault],
  );
}
