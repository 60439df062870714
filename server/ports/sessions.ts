import type { Actor } from "../kernel/roles.ts";

/** Who is asking, by the session that a request carries. */
export type Sessions = {
  /** Null without a session, or with one that ended. */
  findActor(headers: Headers): Promise<Actor | null>;
  /** Of these sessions, the ones that are still good; live sockets ask this for all of theirs every few seconds. */
  keepLive(sessionIds: readonly string[]): Promise<ReadonlySet<string>>;
};
