import type { Database } from "../ports/database.ts";

/** For what is decided before anything is read: whoever gets past the decision finds every table and statement failing. */
export const unreachedDatabase: Database = failing();

function failing<Thing extends object>(): Thing {
  const fail = () => Promise.reject(new Error("past the guard"));
  return new Proxy(fail as unknown as Thing, { get: () => failing(), apply: fail });
}
