import type { Actor } from "../kernel/roles.ts";

/** Who is asking, by the session that a request carries. */
export type Sessions = {
  /** Null without a session, or with one that ended. */
  findActor(headers: Headers): Promise<Actor | null>;
  /**
   * Who is behind these sessions now, with today's grants, in one query; sessions that ended are missing.
   * The live layer asks this for all of its sockets every few seconds.
   */
  listActors(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Actor>>;
};
