import { io } from "socket.io-client";
import type { JoinAnswer, LiveMessage, LiveMissed } from "../messages.ts";
import { livePath } from "../topics.ts";

export type Heard = LiveMessage & { room: string };

/** One browser's socket that keeps everything it hears. */
export type Browser = Disposable & {
  join(room: string): Promise<JoinAnswer>;
  leave(room: string): void;
  heard: readonly Heard[];
  /** The first that was or will be heard and fits. */
  hears(fits: (heard: Heard) => boolean): Promise<Heard>;
  missed: Promise<LiveMissed>;
  closed: Promise<string>;
};

/** Rejects with the server's reason when the handshake is refused. */
export async function connectBrowser(origin: string, headers: Record<string, string>): Promise<Browser> {
  const socket = io(origin, {
    path: livePath,
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  });
  const heard: Heard[] = [];
  const waiting = new Set<(message: Heard) => void>();
  const hear = (message: Heard) => {
    heard.push(message);
    for (const wake of waiting) wake(message);
  };
  const missed = Promise.withResolvers<LiveMissed>();
  const closed = Promise.withResolvers<string>();
  socket.on("points", (room, payload) => hear({ event: "points", room, payload }));
  socket.on("notice", (room, payload) => hear({ event: "notice", room, payload }));
  socket.on("missed", (payload) => missed.resolve(payload));
  socket.on("disconnect", (reason) => closed.resolve(reason));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", (error) => {
      socket.close();
      reject(error);
    });
  });
  return {
    join: (room) => socket.emitWithAck("join", room),
    leave: (room) => void socket.emit("leave", room),
    heard,
    hears: (fits) => firstThatFits(heard, waiting, fits),
    missed: missed.promise,
    closed: closed.promise,
    [Symbol.dispose]: () => socket.close(),
  };
}

function firstThatFits(
  heard: readonly Heard[],
  waiting: Set<(message: Heard) => void>,
  fits: (message: Heard) => boolean,
): Promise<Heard> {
  const known = heard.find(fits);
  if (known) return Promise.resolve(known);
  return new Promise((resolve) => {
    const wake = (message: Heard) => {
      if (!fits(message)) return;
      waiting.delete(wake);
      resolve(message);
    };
    waiting.add(wake);
  });
}
