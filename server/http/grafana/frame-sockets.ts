import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import type { Logger } from "../../ports/logger.ts";
import { endedCode } from "./bridge-script.ts";
import { type Identity, upstreamHeaders } from "./frame-headers.ts";
import type { FrameViewers, Viewer } from "./frame-viewers.ts";

export type SocketDoor = {
  viewers: FrameViewers;
  upstream: URL;
  publicHost: string;
  rootOrigin: string;
  log: Logger;
};
export type Handshake = { request: IncomingMessage; socket: Duplex; head: Buffer };

const maxClientBytes = 64 * 1_024;
const maxUpstreamBytes = 4 * 2 ** 20;
const highWaterBytes = 2 ** 20;
const dialMs = 5_000;
const closeMs = 1_000;
const pingMs = 25_000;
/** Of one session: every frame holds one for itself, and one when its dashboard is live. */
const maxHolds = 64;
const endedReason = "The sign-in has ended";

/** Websockets of frames: those that are passed on to Grafana, and one a frame that only ends when the session does. */
export class FrameSockets {
  readonly #door: SocketDoor;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxClientBytes,
  });

  constructor(door: SocketDoor) {
    this.#door = door;
  }

  /** Kept open until the session ends; says nothing and hears nothing. */
  hold(viewer: Viewer, { request, socket, head }: Handshake): void {
    if (this.#isFull(viewer)) return void refuseUpgrade(socket, 429);
    this.#server.handleUpgrade(request, socket, head, (browser) => {
      this.#endWithSession(viewer, [browser]);
      browser.on("message", () => browser.close(1008, "Nothing is asked here"));
    });
  }

  /** Joins the browser to Grafana, once Grafana has taken the call. Its own Host and Origin stand for the browser's. */
  relay(
    viewer: Viewer,
    target: string,
    { identity, ...handshake }: Handshake & { identity: Identity },
  ): void {
    const { request, socket, head } = handshake;
    if (this.#isFull(viewer)) return void refuseUpgrade(socket, 429);
    const { upstream, publicHost, rootOrigin, log } = this.#door;
    const url = new URL(`${upstream.href.replace(/^http/, "ws").replace(/\/$/, "")}${target}`);
    const headers = upstreamHeaders({}, { host: publicHost, identity, encodings: "identity" });
    const grafana = new WebSocket(url, {
      headers: { ...headers, origin: rootOrigin },
      perMessageDeflate: false,
      handshakeTimeout: dialMs,
      maxPayload: maxUpstreamBytes,
    });
    socket.once("close", () => grafana.terminate());
    grafana.on("error", (error) => {
      log.info({ err: error }, "Grafana's live socket failed");
      refuseUpgrade(socket, 502);
    });
    grafana.once("open", () =>
      this.#server.handleUpgrade(request, socket, head, (browser) => {
        grafana.removeAllListeners("error");
        this.#endWithSession(viewer, [browser, grafana]);
        pass(browser, grafana);
        pass(grafana, browser);
      }),
    );
  }

  stop(): void {
    this.#server.close();
  }

  #isFull({ person }: Viewer): boolean {
    return this.#door.viewers.countOf(person.sessionId) >= maxHolds;
  }

  /** Grafana is cut off at once; the browser is told why, which its client takes as final. */
  #endWithSession(viewer: Viewer, [browser, grafana]: readonly [WebSocket, WebSocket?]): void {
    const release = this.#door.viewers.hold(viewer, () => {
      grafana
        ?.removeAllListeners("close")
        .on("close", () => {})
        .terminate();
      browser.close(endedCode, endedReason);
      setTimeout(() => browser.terminate(), closeMs).unref();
    });
    const beat = setInterval(() => browser.ping(), pingMs);
    browser.on("error", () => browser.terminate());
    browser.once("close", () => {
      clearInterval(beat);
      release();
    });
  }
}

/** One direction; a side that does not read makes the other one wait. */
function pass(from: WebSocket, to: WebSocket): void {
  from.on("message", (data: RawData, isBinary) => {
    if (to.readyState !== WebSocket.OPEN) return;
    to.send(data, { binary: isBinary }, () => {
      if (to.bufferedAmount < highWaterBytes) from.resume();
    });
    if (to.bufferedAmount >= highWaterBytes) from.pause();
  });
  from.on("error", () => from.terminate());
  from.on("close", (code, reason) => {
    // 1004 to 1006 and 1015 stand for what happened and are never sent.
    if ((code >= 1000 && code < 1004) || (code > 1006 && code !== 1015)) to.close(code, reason);
    else to.terminate();
  });
}

const refusals = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  502: "Bad Gateway",
} as const;

export function refuseUpgrade(socket: Duplex, status: keyof typeof refusals): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(`HTTP/1.1 ${status} ${refusals[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
