import type { Actor } from "../../server/kernel/roles.ts";
import type { AppRouter } from "../../server/trpc/root.ts";

/** Every procedure as a function, bound to one request's session. */
export type Caller = ReturnType<AppRouter["createCaller"]>;

/** Which ways to sign in are configured; a password and a wallet always are. */
export type SignInWays = { providerName: string | null; sendsMail: boolean };

/**
 * What server components may ask of the process around them. It goes through globalThis because Next bundles its own
 * copy of every module: an import would be a second instance without database or session.
 */
export type ServerSlot = {
  findActor(headers: Headers): Promise<Actor | null>;
  /** Null without a session. */
  callerFor(headers: Headers): Promise<Caller | null>;
  signInWays(): SignInWays;
  /** A query by its path, for prefetching; throws what the procedure throws. */
  query(headers: Headers, path: string, input: unknown): Promise<unknown>;
};

/** Filled by server/roles/web.ts. */
const slotKey = Symbol.for("cere.console.server");

export function serverSlot(): ServerSlot {
  const slot: ServerSlot | undefined = Reflect.get(globalThis, slotKey);
  if (!slot) throw new Error("Pages need the console's own server: start it with npm start or npm run dev.");
  return slot;
}
