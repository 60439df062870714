import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A network link to a server that can stop passing on what the server sends, as a phone in a tunnel does. */
export type PausableProxy = AsyncDisposable & { port: number; pause(): void; resume(): void };

export async function openPausableProxy(targetPort: number): Promise<PausableProxy> {
  const links = new Map<Socket, Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, "127.0.0.1");
    client.pipe(upstream);
    upstream.pipe(client);
    links.set(upstream, client);
    const end = () => {
      links.delete(upstream);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The proxy has no port.");
  return {
    port: address.port,
    pause: () => {
      for (const upstream of links.keys()) upstream.unpipe().pause();
    },
    resume: () => {
      for (const [upstream, client] of links) upstream.pipe(client);
    },
    [Symbol.asyncDispose]: async () => {
      for (const [upstream, client] of links) for (const socket of [upstream, client]) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
