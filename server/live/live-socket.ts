import type { Server as HttpServer, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Server } from "socket.io";
import { isAllowed } from "../features/identity/rules.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Running } from "../kernel/lifecycle.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Audience } from "./audience.ts";
import type { JoinAnswer } from "./messages.ts";
import { type LiveServer, type LiveSocket, SocketConsumers } from "./socket-consumers.ts";
import { livePath, parseRoom, type Room, roomRoles } from "./topics.ts";

export type LiveSocketOptions = {
  httpServer: HttpServer;
  sessions: Sessions;
  headersOf(request: IncomingMessage): Headers;
  /** A handshake carries cookies like any request: only our own pages may open one. */
  isOwnPage(headers: IncomingHttpHeaders): boolean;
  /** Off in development, where Next answers the upgrades of hot reload on the same server. */
  destroyForeignUpgrades: boolean;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
};

export type LiveSocketServer = Running & {
  audience: Audience;
  /** Looks at once whether the sockets of these sessions may stay, instead of at the next round. */
  recheck(sessionIds: readonly string[] | "all"): void;
};

/** One browser shares a socket between all of its tabs, so this is far more than a person can look at. */
const maxRooms = 64;
const maxJoinsPerCheck = 200;
const checkMs = 2_000;
/** Clients only ever say `join` and `leave`. */
const maxMessageBytes = 1_024;

/** socket.io at /live: websocket only, so that replicas need no sticky sessions; a socket without a session gets no room. */
export function openLiveSocket(options: LiveSocketOptions): LiveSocketServer {
  const { clock, metrics, log } = options;
  const io: LiveServer = new Server(options.httpServer, {
    path: livePath,
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: maxMessageBytes,
    connectTimeout: 5_000,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    destroyUpgrade: options.destroyForeignUpgrades,
    allowRequest: (request, answer) => answer(null, options.isOwnPage(request.headers)),
  });
  const missed = metrics.counter({
    name: "console_live_skipped_messages_total",
    help: "Messages that slow sockets did not get",
  });
  const consumers = new SocketConsumers(io, clock, missed);
  metrics.readGauge({ name: "console_live_sockets", help: "Open live sockets" }, () => consumers.count);
  io.use((socket, next) => void authenticate(options, socket, next));
  io.on("connection", (socket) => admit(consumers, socket));
  const recheck: LiveSocketServer["recheck"] = (sessionIds) => {
    const isMeant = ({ data }: LiveSocket) =>
      sessionIds === "all" || sessionIds.includes(data.actor.sessionId);
    keepOnlyAllowed(consumers.sockets().filter(isMeant), options.sessions).catch((error: unknown) =>
      log.warn({ err: error }, "sessions of live sockets could not be checked; asked again in a moment"),
    );
  };
  const check = setInterval(() => {
    consumers.welcomeBack();
    recheck("all");
  }, checkMs);
  const stop = async () => {
    clearInterval(check);
    // Closes the sockets; the HTTP server under it is stopped by its owner.
    io.of("/").disconnectSockets(true);
    io.engine.close();
  };
  return { audience: consumers, recheck, stop };
}

async function authenticate(
  { sessions, headersOf, log }: LiveSocketOptions,
  socket: LiveSocket,
  next: (error?: Error) => void,
): Promise<void> {
  try {
    const actor = await sessions.findActor(headersOf(socket.request));
    if (actor?.kind !== "person") return next(new Error("unauthenticated"));
    socket.data.actor = actor;
    next();
  } catch (error) {
    log.warn({ err: error }, "a live socket could not be authenticated");
    next(new Error("unavailable"));
  }
}

function admit(consumers: SocketConsumers, socket: LiveSocket): void {
  consumers.add(socket);
  let joins = 0;
  const forget = setInterval(() => {
    joins = 0;
  }, checkMs);
  socket.once("disconnect", () => clearInterval(forget));
  socket.on("join", (name, answer) => {
    joins += 1;
    if (joins > maxJoinsPerCheck) return void socket.disconnect(true);
    const verdict = judgeJoin(socket, name);
    if (verdict.ok) void socket.join(name);
    if (typeof answer === "function") answer(verdict);
  });
  socket.on("leave", (name) => {
    if (isRoomName(name)) void socket.leave(name);
  });
}

function judgeJoin(socket: LiveSocket, name: unknown): JoinAnswer {
  const room = typeof name === "string" ? parseRoom(name) : null;
  if (!room) return { ok: false, code: "invalid", message: "There is no such room." };
  if (!mayListen(socket, room)) return { ok: false, code: "forbidden", message: refusalOf(room) };
  if (socket.rooms.size > maxRooms)
    return { ok: false, code: "too_many", message: `One connection can listen in ${maxRooms} rooms.` };
  return { ok: true };
}

function mayListen({ data: { actor } }: LiveSocket, room: Room): boolean {
  if (room.kind === "person") return room.personId === actor.id;
  return isAllowed(actor, roomRoles[room.kind], { network: room.network, environment: null });
}

function refusalOf(room: Room): string {
  if (room.kind === "person") return "This is the room of somebody else.";
  return `Your roles do not cover ${room.network}. Ask an administrator for it.`;
}

/** Ended sessions lose their socket, narrowed grants lose their rooms. */
async function keepOnlyAllowed(sockets: readonly LiveSocket[], sessions: Sessions): Promise<void> {
  if (sockets.length === 0) return;
  const actors = await sessions.listActors([
    ...new Set(sockets.map((socket) => socket.data.actor.sessionId)),
  ]);
  for (const socket of sockets) {
    const actor = actors.get(socket.data.actor.sessionId);
    if (actor?.kind === "person") {
      socket.data.actor = actor;
      leaveForbiddenRooms(socket);
    } else socket.disconnect(true);
  }
}

function leaveForbiddenRooms(socket: LiveSocket): void {
  for (const name of socket.rooms) {
    const room = parseRoom(name);
    if (room && !mayListen(socket, room)) void socket.leave(name);
  }
}

function isRoomName(name: unknown): name is string {
  return typeof name === "string" && parseRoom(name) !== null;
}
