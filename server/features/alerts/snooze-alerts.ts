import { inDuration } from "../../kernel/wording.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { changeAlerts } from "./change-alerts.ts";
import type { Outcome, SnoozeInput } from "./schema.ts";

/** Hides alerts for a while; then they are back in the queue if they still fire. */
export function snoozeAlerts(ctx: Ctx, { network, ids, forMs }: SnoozeInput): Promise<Outcome[]> {
  const until = new Date(ctx.clock.now().getTime() + forMs);
  return changeAlerts(ctx, {
    network,
    ids,
    action: "alert.snooze",
    event: "snoozed",
    note: `for ${inDuration(forMs)}`,
    refusal: ({ state }) => (state === "resolved" ? "It has resolved meanwhile." : null),
    write: (tx, done) => tx.$executeRaw`
      UPDATE alert SET quiet_until = greatest(${until}, quiet_until) WHERE id = ANY (${[...done]}::bigint[])`,
    after: { quietUntil: until },
  });
}
