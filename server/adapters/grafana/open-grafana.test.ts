import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { systemClock } from "../../kernel/clock.ts";
import { openGrafana } from "./open-grafana.ts";

it("says what it knew of a Grafana that hangs now, and finds out meanwhile", async () => {
  let hangs = false;
  const server = createServer((_request, response) => {
    if (!hangs) response.end(JSON.stringify({ version: "12.4.11", database: "ok" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const grafana = openGrafana({
    url: new URL(`http://127.0.0.1:${port}`),
    clock: systemClock,
    timeoutMs: 600,
    keepMs: 0,
  });
  try {
    expect(await grafana.known()).toMatchObject({ kind: "up", version: "12.4.11" });
    hangs = true;
    const order: string[] = [];
    const now = grafana.state().then((state) => order.push(`now ${state.kind}`));
    await grafana.known().then((state) => order.push(`known ${state.kind}`));
    await now;
    expect(order).toEqual(["known up", "now down"]);
    expect(await grafana.known()).toMatchObject({ kind: "down" });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
