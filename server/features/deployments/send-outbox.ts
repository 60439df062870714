import type { Health, Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Election } from "../../ports/election.ts";
import type { EventLog } from "../../ports/event-log.ts";

/** What leaves by the outbox; each road has a topic and an order of its own. */
export type OutboxRoad = "desired-state" | "replays";
export type OutboxOptions = {
  road: OutboxRoad;
  ctx: Pick<Ctx, "db" | "clock" | "log">;
  election: Election;
  eventLog: Pick<EventLog, "publish">;
  topic: string;
  everyMs?: number;
};

const batchSize = 100;

/** Carries what transactions left in the outbox for one road to Kafka, in their order; what Kafka has is deleted. */
export function startOutbox(options: OutboxOptions): Running & { health(): Health } {
  const { road, ctx, election, topic, everyMs = 100 } = options;
  let fault: { reason: string; since: Date } | null = null;
  const seat = election.whileElected({
    name: road === "desired-state" ? "outbox" : `outbox-${road}`,
    work: (signal) =>
      repeat(
        {
          pauseMs: everyMs,
          signal,
          onError: (error) => {
            const reason = error instanceof Error ? error.message : String(error);
            if (fault?.reason !== reason)
              ctx.log.warn({ err: error, road }, "runtimes could not be told, trying again");
            fault = { reason, since: fault?.since ?? ctx.clock.now() };
          },
        },
        async () => {
          await sendOutbox(options);
          fault = null;
        },
      ),
  });
  return {
    stop: () => seat.stop(),
    health: () =>
      fault === null
        ? { state: "ok", reason: null, since: null }
        : {
            state: "degraded",
            reason: `Runtimes do not hear what is asked of them (${topic}): ${fault.reason}`,
            since: fault.since,
          },
  };
}

/** One batch. Killed between Kafka and the deletion it sends again, which generations make harmless. */
export async function sendOutbox({
  road,
  ctx,
  eventLog,
  topic,
}: Omit<OutboxOptions, "election">): Promise<number> {
  const rows = await ctx.db.sql<{ id: string; key: string; value: string }>(
    `SELECT id::text AS id, key, value FROM kafka_outbox WHERE road = $1 ORDER BY kafka_outbox.id LIMIT ${batchSize}`,
    [road],
  );
  if (rows.length === 0) return 0;
  await eventLog.publish(
    topic,
    rows.map(({ key, value }) => ({
      key,
      value: Buffer.from(value),
      headers: { "content-type": "application/cloudevents+json" },
    })),
  );
  await ctx.db.sql("DELETE FROM kafka_outbox WHERE id = ANY ($1::bigint[])", [rows.map(({ id }) => id)]);
  return rows.length;
}
