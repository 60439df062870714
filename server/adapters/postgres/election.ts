import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import type { Candidate, Election } from "../../ports/election.ts";
import type { Logger } from "../../ports/logger.ts";

export type ElectionOptions = {
  connectionString: string;
  log: Logger;
  /** How often a contender tries, and how often the elected one makes sure that it still is. */
  beatMs?: number;
  /** How long the server may take to answer before its connection counts as lost. */
  answerMs?: number;
};

/**
 * Elects by session-level advisory locks: one connection a candidate, held as long as it works. A lost connection is a
 * lost election on both sides: PostgreSQL frees the lock, and here the work's signal aborts. Work may overlap for a beat
 * and an answer's time when a network fails without a word, so it must be safe to do twice. Needs a direct connection or
 * a pooler in session mode.
 */
export function electionOver(options: ElectionOptions): Election {
  const { connectionString, log, beatMs = 1_000, answerMs = 2_000 } = options;
  return {
    whileElected: (candidate) => {
      const stopping = new AbortController();
      const seat = { isHeld: false };
      const contender: Contender = {
        candidate,
        seat,
        beatMs,
        answerMs,
        log: log.child({ election: candidate.name }),
      };
      const done = contend(contender, connectionString, stopping.signal);
      return {
        isElected: () => seat.isHeld,
        stop: async () => {
          stopping.abort();
          await done;
        },
      };
    },
  };
}

type Contender = {
  candidate: Candidate;
  seat: { isHeld: boolean };
  beatMs: number;
  answerMs: number;
  log: Logger;
};

async function contend(contender: Contender, connectionString: string, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const client = new Client({
      connectionString,
      application_name: `console-election-${contender.candidate.name}`,
      connectionTimeoutMillis: contender.answerMs,
      query_timeout: contender.answerMs,
      // The server notices within seconds that this machine is gone, and frees the lock.
      options: "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3",
    });
    const lost = new AbortController();
    client.on("error", () => lost.abort());
    client.on("end", () => lost.abort());
    try {
      await client.connect();
      await holdSeat(contender, client, AbortSignal.any([stop, lost.signal]));
    } catch (error) {
      if (!stop.aborted) contender.log.warn({ err: error }, "election connection failed, trying again");
    } finally {
      // A connection into nowhere may never confirm its end.
      await Promise.race([client.end().catch(() => {}), setTimeout(contender.answerMs)]);
    }
    await pause(contender.beatMs, stop);
  }
}

/** Tries until elected, then works until the work ends or the connection or the process goes. */
async function holdSeat(contender: Contender, client: Client, gone: AbortSignal): Promise<void> {
  const { candidate, seat, beatMs, log } = contender;
  while (!(await tryLock(client, candidate.name))) {
    await pause(beatMs, gone);
    if (gone.aborted) return;
  }
  // Whoever was told to stop while the lock's answer was under way must not begin: nothing would end its work.
  if (gone.aborted) return;
  const working = new AbortController();
  seat.isHeld = true;
  log.info({}, "elected");
  const beating = keepBeating(client, beatMs, AbortSignal.any([gone, working.signal]));
  const work = candidate.work(AbortSignal.any([gone, working.signal]));
  try {
    await Promise.race([work, beating]);
  } finally {
    working.abort();
    await Promise.allSettled([work, beating]);
    seat.isHeld = false;
    log.info({}, "no longer elected");
  }
  await work;
}

async function tryLock(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ elected: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended('console-election-' || $1, 0)) AS elected",
    [name],
  );
  return rows[0]?.elected === true;
}

/** Ends when the signal aborts; throws when the connection no longer answers. */
async function keepBeating(client: Client, beatMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await client.query("SELECT 1");
    await pause(beatMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
