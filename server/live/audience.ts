import type { LiveMessage } from "./messages.ts";

/** Whoever listens in rooms; the hub knows nothing of sockets. */
export type Audience = {
  hasListeners(room: string): boolean;
  /** Rooms with listeners, by their prefix. */
  listRooms(prefix: string): string[];
  send(room: string, message: LiveMessage): void;
};
