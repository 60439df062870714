import { createServer } from "node:net";

/** Found for somebody who may not listen on it yet: nobody else is given it. */
const promised = new Set<number>();

/** `preferred` on the loopback interface when it is free, else one that the system gives and nobody was promised. */
export async function findFreePort(preferred: number): Promise<number> {
  const wanted = preferred === 0 ? null : await tryPort(preferred);
  const port = wanted ?? (await findUnpromised());
  promised.add(port);
  return port;
}

/** As `findFreePort`, for several at once, none twice. */
export async function findFreePorts(preferred: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const port of preferred) found.push(await findFreePort(found.includes(port) ? 0 : port));
  return found;
}

async function findUnpromised(): Promise<number> {
  for (;;) {
    const port = (await tryPort(0)) ?? fail();
    if (!promised.has(port)) return port;
  }
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      const address = server.address();
      const given = typeof address === "object" && address !== null ? address.port : null;
      server.close(() => resolve(given));
    });
  });
}

function fail(): never {
  throw new Error("No free TCP port on 127.0.0.1.");
}
