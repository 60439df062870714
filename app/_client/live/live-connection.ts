import { io, type Socket } from "socket.io-client";
import type { ClientToServer, LiveMessage, ServerToClient } from "../../../server/live/messages.ts";
import { livePath } from "../../../server/live/topics.ts";
import type { FromTab, LinkState, LiveGap, ToTab } from "./live-protocol.ts";
import { WantedRooms } from "./wanted-rooms.ts";

export type LiveConnectionOptions = {
  origin: string;
  /** `to` null = to every tab. */
  deliver(message: ToTab, to: readonly string[] | null): void;
  now(): number;
  /** For clients that are no browser. */
  extraHeaders?: Record<string, string>;
};

/** Points come once a second, so this many did not come in a gap. */
const pointsEveryMs = 1_000;
const retryAfterKickMs = 1_000;
const joinTimeoutMs = 5_000;

/** The one socket: joins what any tab wants, comes back by itself, and says how long it was away. */
export class LiveConnection {
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #wanted = new WantedRooms();
  readonly #options: LiveConnectionOptions;
  #state: LinkState;
  #lostAt: number | null = null;
  #isAsking = false;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
    this.#state = { kind: "connecting", since: options.now(), heardAt: null };
    const { extraHeaders } = options;
    this.#socket = io(options.origin, {
      path: livePath,
      transports: ["websocket"],
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      timeout: 5_000,
      ...(extraHeaders && { extraHeaders }),
    });
    this.#socket.on("connect", () => void this.#connected());
    this.#socket.on("disconnect", (reason) => this.#lost(reason === "io server disconnect"));
    this.#socket.on("connect_error", (error) => this.#refused(error.message === "unauthenticated"));
    this.#socket.on("points", (room, payload) => this.#heard(room, { event: "points", payload }));
    this.#socket.on("notice", (room, payload) => this.#heard(room, { event: "notice", payload }));
    this.#socket.on("missed", ({ messages, since }) =>
      this.#tell({ from: Date.parse(since), to: options.now(), missed: messages }),
    );
    this.#socket.io.on("ping", () => {
      this.#noteHeard();
      this.#deliverState();
    });
  }

  get state(): LinkState {
    return this.#state;
  }

  /** What a tab says. Somebody who signed in again starts a connection that had been given up. */
  hear(tab: string, message: FromTab): void {
    const { join, leave } = this.#wanted.set(tab, message.kind === "rooms" ? message.rooms : []);
    if (message.kind === "rooms") this.#askAgain();
    if (!this.#socket.connected) return;
    for (const room of join) this.#join(room).catch(() => {});
    for (const room of leave) this.#socket.emit("leave", room);
  }

  close(): void {
    this.#socket.close();
  }

  async #connected(): Promise<void> {
    this.#isAsking = false;
    this.#noteHeard();
    this.#become("live");
    await Promise.allSettled([...this.#wanted.all()].map((room) => this.#join(room)));
    if (this.#lostAt === null || !this.#socket.connected) return;
    // Only now, in the rooms again: what is asked anew cannot miss a change in between.
    const gap = { from: this.#lostAt, to: this.#options.now() };
    this.#lostAt = null;
    this.#tell({ ...gap, missed: Math.max(1, Math.round((gap.to - gap.from) / pointsEveryMs)) });
  }

  /** Refused for want of a session: asked again whenever a tab speaks, one question at a time. */
  #askAgain(): void {
    if (this.#state.kind !== "signed_out" || this.#isAsking) return;
    this.#isAsking = true;
    this.#socket.connect();
  }

  #lost(byServer: boolean): void {
    this.#lostAt ??= this.#options.now();
    this.#become("reconnecting");
    // socket.io does not come back by itself from a server that closed on purpose; the session may still be good.
    if (byServer) setTimeout(() => this.#socket.connect(), retryAfterKickMs);
  }

  #refused(isSignedOut: boolean): void {
    this.#isAsking = false;
    if (isSignedOut) {
      this.#become("signed_out");
      return;
    }
    if (this.#state.kind === "live") this.#lost(false);
    // A refusal by the server, unlike a failed connection, is final for socket.io.
    if (!this.#socket.active) setTimeout(() => this.#socket.connect(), retryAfterKickMs);
  }

  /** Unanswered: the reconnect that follows joins again. Refused: the page's own queries say why. */
  async #join(room: string): Promise<void> {
    await this.#socket.timeout(joinTimeoutMs).emitWithAck("join", room);
    this.#noteHeard();
  }

  #heard(room: string, message: LiveMessage): void {
    this.#noteHeard();
    this.#options.deliver({ kind: "message", room, message }, this.#wanted.subscribersOf(room));
  }

  #noteHeard(): void {
    this.#state = { ...this.#state, heardAt: this.#options.now() };
  }

  #become(kind: LinkState["kind"]): void {
    if (this.#state.kind !== kind) this.#state = { ...this.#state, kind, since: this.#options.now() };
    this.#deliverState();
  }

  #deliverState(): void {
    this.#options.deliver({ kind: "state", state: this.#state }, null);
  }

  #tell(gap: LiveGap): void {
    this.#options.deliver({ kind: "gap", gap }, null);
  }
}
