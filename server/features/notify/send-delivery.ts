import { isAppError } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { formatMail, formatPagerDuty, formatSlack, formatWebhook, type Message } from "./format-message.ts";
import { nextAttempt } from "./rules.ts";
import { type Content, contentSchema, type Target } from "./schema.ts";
import { openSealed } from "./seal-target.ts";

export type Claimed = { id: string; content: unknown; sealed: string; attempts: number };
type Attempt = { isTaken: boolean; status: number | null; answer: string; retryAfterMs: number | null };

const timeoutMs = 10_000;
const maxAnswerBytes = 4_096;
const shownAnswer = 300;

/** One attempt, and what came of it. The message is the same in every attempt and carries the delivery's id as its key. */
export async function sendDelivery(ctx: Ctx, claimed: Claimed, signal: AbortSignal): Promise<Attempt> {
  const startedAt = performance.now();
  const attempt = await attemptOf(ctx, claimed, signal);
  const tookMs = performance.now() - startedAt;
  const at = ctx.clock.now();
  const next = attempt.isTaken ? null : nextAttempt(attempt, claimed.attempts, at);
  const state = attempt.isTaken ? "delivered" : next === null ? "failed" : "waiting";
  await ctx.db.sql(
    `UPDATE notify_delivery SET state = $2, next_at = $3, ended_at = $4, status = $5, answer = $6, took_ms = $7
     WHERE id = $1 AND state = 'sending' AND attempts = $8`,
    [
      claimed.id,
      state,
      next ?? at,
      next === null ? at : null,
      attempt.status,
      attempt.answer.slice(0, shownAnswer),
      tookMs,
      claimed.attempts,
    ],
  );
  return attempt;
}

async function attemptOf(ctx: Ctx, { id, content, sealed }: Claimed, signal: AbortSignal): Promise<Attempt> {
  try {
    const target = openSealed(ctx.deps.vault, sealed);
    return await tell(ctx, { id, content: contentSchema.parse(content), target, signal });
  } catch (error) {
    if (!isAppError(error)) ctx.log.warn({ err: error, delivery: id }, "a notification could not be sent");
    const answer = isAppError(error) ? error.message : "It could not be sent; the log says why.";
    const isRefused = isAppError(error) && error.code === "forbidden";
    // An address that may not be called stays one: no further attempt would change that.
    return { isTaken: false, status: isRefused ? 403 : null, answer, retryAfterMs: null };
  }
}

type Telling = { id: string; content: Content; target: ReturnType<typeof openSealed>; signal: AbortSignal };

async function tell(ctx: Ctx, { id, content, target, signal }: Telling): Promise<Attempt> {
  switch (target.kind) {
    case "email":
      await ctx.deps.mailer.send({ to: target.to.join(", "), ...formatMail({ id, content }) });
      return { isTaken: true, status: 250, answer: "taken by the server for mail", retryAfterMs: null };
    case "webhook":
      return post(ctx, target, formatWebhook({ id, content }, target.signingSecret, ctx.clock.now()), signal);
    case "slack":
      return post(ctx, target, formatSlack({ id, content }), signal);
    case "pagerduty":
      return post(ctx, target, formatPagerDuty({ id, content }, target.routingKey), signal);
  }
}

async function post(
  { deps }: Ctx,
  { url }: Pick<Extract<Target, { url: string }>, "url">,
  message: Message,
  signal: AbortSignal,
): Promise<Attempt> {
  const call = { method: "POST", url: new URL(url), ...message, timeoutMs, maxAnswerBytes } as const;
  const { status, body, retryAfterMs } = await deps.outbound.call(call, signal);
  const isTaken = status >= 200 && status < 300;
  return { isTaken, status, answer: body.trim() || `HTTP ${status}`, retryAfterMs };
}
