import type { LiveMessage } from "../../../server/live/messages.ts";

/** Part of the worker's address: tabs of a newer build do not talk to the worker of an older one. */
export const liveProtocol = 1;

/** How the one socket is. Times are epoch milliseconds, because they cross a message port. */
export type LinkState = {
  kind: "connecting" | "live" | "reconnecting" | "signed_out";
  since: number;
  /** When the server was last heard, whatever it said; null before the first word. */
  heardAt: number | null;
};

/** Some messages never came: after a reconnect, or because this browser was too slow. */
export type LiveGap = { from: number; to: number; missed: number };

export type ToTab =
  | { kind: "state"; state: LinkState }
  | { kind: "message"; room: string; message: LiveMessage }
  | { kind: "gap"; gap: LiveGap };

export type FromTab =
  /** All rooms that the tab wants now; repeated now and then, so that the worker notices a tab that vanished. */
  { kind: "rooms"; rooms: readonly string[] } | { kind: "bye" };

/** Either end of the road between a tab and the socket: a port of the shared worker, or the socket in the tab itself. */
export type LiveLink = { send(message: FromTab): void };

export const tabSpeaksEveryMs = 20_000;
/** Timers of a hidden tab run as rarely as once a minute. */
export const tabIsGoneAfterMs = 180_000;
