import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
export type HttpReceiver = AsyncDisposable & {
  url: string;
  received: Received[];
  /** What it answers from now on. */
  answer(status: number, headers?: Record<string, string>): void;
};

/** Somebody who is told: keeps every request, and answers as it is asked to. */
export async function openHttpReceiver(): Promise<HttpReceiver> {
  const received: Received[] = [];
  let reply = { status: 200, headers: {} as Record<string, string> };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    received.push({ path: request.url ?? "", headers: request.headers, body });
    response.writeHead(reply.status, reply.headers).end("noted");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: (status, headers = {}) => {
      reply = { status, headers };
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
