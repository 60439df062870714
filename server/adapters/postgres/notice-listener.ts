import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { type Clock, msBetween } from "../../kernel/clock.ts";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { decodeNotice, type Notice, noticeChannel } from "../../kernel/notice.ts";
import type { Logger } from "../../ports/logger.ts";

export type NoticeListenerOptions = {
  connectionString: string;
  onNotice(notice: Notice): void;
  /** Listening now. Not for the first time: whatever was announced meanwhile was not heard. */
  onListening(isFirst: boolean): void;
  clock: Clock;
  log: Logger;
  /** How often an idle connection is asked whether it still answers. */
  beatMs?: number;
};

export type NoticeListener = Running & { health(): Health };

const firstPauseMs = 100;
const maxPauseMs = 3_000;

/**
 * One connection of its own that LISTENs, for as long as the process runs. It notices a dead network by its own beat,
 * comes back with growing pauses, and says when it may have missed something. Needs a direct connection or a pooler in
 * session mode.
 */
export function listenForNotices(options: NoticeListenerOptions): NoticeListener {
  const stopping = new AbortController();
  const state: State = { deafSince: options.clock.now(), why: "connecting", hasListened: false };
  const done = listenForever(options, state, stopping.signal);
  return {
    health: () => healthOf(state),
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

type State = { deafSince: Date | null; why: string; hasListened: boolean };

function healthOf({ deafSince, why }: State): Health {
  if (deafSince === null) return { state: "ok", reason: null, since: null };
  return { state: "degraded", reason: `Changes are not heard from PostgreSQL: ${why}.`, since: deafSince };
}

async function listenForever(options: NoticeListenerOptions, state: State, stop: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    try {
      await listenOnce(options, state, stop);
      failures = 0;
    } catch (error) {
      failures = state.deafSince === null ? 0 : failures + 1;
      state.why = error instanceof Error ? error.message : String(error);
      if (!stop.aborted)
        options.log.warn({ err: error, failures }, "live notices interrupted, connecting again");
    }
    state.deafSince ??= options.clock.now();
    const waitMs = Math.min(maxPauseMs, firstPauseMs * 2 ** failures);
    await pause(waitMs, undefined, { signal: stop }).catch(() => {});
  }
}

async function listenOnce(options: NoticeListenerOptions, state: State, stop: AbortSignal): Promise<void> {
  const beatMs = options.beatMs ?? 2_000;
  const client = new Client({
    connectionString: options.connectionString,
    application_name: "console-live",
    connectionTimeoutMillis: 3_000,
    query_timeout: 2_000,
  });
  const lost = Promise.withResolvers<never>();
  // Heard as soon as it happens; the beat below hears of it only later.
  lost.promise.catch(() => {});
  client.on("error", (error) => lost.reject(error));
  client.on("end", () => lost.reject(new Error("the connection was closed")));
  client.on("notification", ({ payload }) => {
    const notice = payload === undefined ? null : decodeNotice(payload);
    if (notice) options.onNotice(notice);
  });
  try {
    await client.connect();
    await client.query(`LISTEN ${noticeChannel}`);
    listening(options, state);
    while (!stop.aborted) {
      const rest = pause(beatMs, undefined, { signal: stop }).catch(() => {});
      await Promise.race([rest, lost.promise]);
      await client.query("SELECT 1");
    }
  } finally {
    await client.end().catch(() => {});
  }
}

function listening({ clock, log, onListening }: NoticeListenerOptions, state: State): void {
  const deafMs = state.deafSince === null ? 0 : msBetween(state.deafSince, clock.now());
  const isFirst = !state.hasListened;
  state.deafSince = null;
  state.hasListened = true;
  log.info({ deafMs }, "listening for live notices");
  onListening(isFirst);
}
