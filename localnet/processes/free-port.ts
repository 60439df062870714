import { createServer } from "node:net";

/** `preferred` on the loopback interface when it is free, else one that the system gives. */
export async function findFreePort(preferred: number): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? fail();
}

/** As `findFreePort`, for several at once, none twice. */
export async function findFreePorts(preferred: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const port of preferred) {
    let candidate = await findFreePort(port);
    while (found.includes(candidate)) candidate = await findFreePort(0);
    found.push(candidate);
  }
  return found;
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
