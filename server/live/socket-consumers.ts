import type { Server, Socket } from "socket.io";
import type { Clock } from "../kernel/clock.ts";
import type { Actor } from "../kernel/roles.ts";
import type { Counter } from "../ports/metrics.ts";
import type { Audience } from "./audience.ts";
import type { ClientToServer, LiveMessage, ServerToClient } from "./messages.ts";
import { type Backlog, hasCaughtUp, type Lag, lagAfter } from "./slow-consumer.ts";

type NoEvents = Record<string, never>;
export type SocketData = { actor: Actor & { kind: "person" } };
export type LiveServer = Server<ClientToServer, ServerToClient, NoEvents, SocketData>;
export type LiveSocket = Socket<ClientToServer, ServerToClient, NoEvents, SocketData>;

/** A room of our own that no client can name: its members are skipped until they have caught up. */
const laggingRoom = "lagging";

type Consumer = { socket: LiveSocket; lag: Lag; waitingMessages: number };

/** Every open socket, what waits for it, and the rooms' audience made of them. */
export class SocketConsumers implements Audience {
  readonly #io: LiveServer;
  readonly #clock: Clock;
  readonly #missed: Counter;
  readonly #consumers = new Map<string, Consumer>();

  constructor(io: LiveServer, clock: Clock, missed: Counter) {
    this.#io = io;
    this.#clock = clock;
    this.#missed = missed;
  }

  get count(): number {
    return this.#consumers.size;
  }

  add(socket: LiveSocket): void {
    const consumer: Consumer = { socket, lag: null, waitingMessages: 0 };
    this.#consumers.set(socket.id, consumer);
    socket.once("disconnect", () => this.#consumers.delete(socket.id));
    socket.conn.on("packetCreate", () => {
      consumer.waitingMessages += 1;
    });
    socket.conn.on("drain", () => {
      consumer.waitingMessages = 0;
    });
  }

  sockets(): LiveSocket[] {
    return [...this.#consumers.values()].map(({ socket }) => socket);
  }

  hasListeners(room: string): boolean {
    return this.#io.of("/").adapter.rooms.has(room);
  }

  listRooms(prefix: string): string[] {
    return [...this.#io.of("/").adapter.rooms.keys()].filter((room) => room.startsWith(prefix));
  }

  send(room: string, { event, payload }: LiveMessage): void {
    const members = this.#io.of("/").adapter.rooms.get(room);
    if (!members) return;
    const at = this.#clock.now();
    for (const id of members) this.#skipIfSlow(id, at);
    const listeners = this.#io.to(room).except(laggingRoom);
    if (event === "points") listeners.emit(event, room, payload);
    else listeners.emit(event, room, payload);
  }

  /** Tells those that were too slow and have caught up how much they missed, and lets them listen again. */
  welcomeBack(): void {
    for (const consumer of this.#consumers.values()) {
      if (consumer.lag === null || !hasCaughtUp(backlogOf(consumer))) continue;
      const { missed, since } = consumer.lag;
      consumer.lag = null;
      void consumer.socket.leave(laggingRoom);
      consumer.socket.emit("missed", { messages: missed, since: since.toISOString() });
    }
  }

  #skipIfSlow(id: string, at: Date): void {
    const consumer = this.#consumers.get(id);
    if (!consumer) return;
    const lag = lagAfter(consumer.lag, backlogOf(consumer), at);
    if (lag !== null) this.#missed.add(1);
    if (lag !== null && consumer.lag === null) void consumer.socket.join(laggingRoom);
    consumer.lag = lag;
  }
}

function backlogOf({ socket, waitingMessages }: Consumer): Backlog {
  return { messages: waitingMessages, bytes: socket.request.socket.writableLength };
}
