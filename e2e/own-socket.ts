import type { BrowserContext } from "@playwright/test";
import { io } from "socket.io-client";
import { stackAddress } from "./stack/stack-facts.ts";

/** A live socket beside the page's own, with the same session. */
export type OwnSocket = Disposable & { isConnected(): boolean };

/** Resolves when the console has let it in. */
export async function openOwnSocket(context: BrowserContext): Promise<OwnSocket> {
  const origin = stackAddress();
  const cookies = await context.cookies(origin);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const socket = io(origin, {
    path: "/live",
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie, origin },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return { isConnected: () => socket.connected, [Symbol.dispose]: () => void socket.close() };
}
