import type { JSONWebKeySet } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grafanaKeyOf } from "../../adapters/grafana/grafana-key.ts";
import { revokeSessionsOf } from "../../features/identity/revoke-sessions-of.ts";
import { eventually } from "../../live/testing/eventually.ts";
import { adminCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { type GrafanaStandIn, openGrafanaStandIn } from "../../testing/grafana/grafana-stand-in.ts";
import {
  ask,
  dial,
  type FrameConsole,
  frameSecret,
  freePort,
  openFrameConsole,
} from "../../testing/grafana/open-frame-console.ts";
import { endedCode } from "./bridge-script.ts";

const readKeySet = async (): Promise<JSONWebKeySet> =>
  JSON.parse(JSON.stringify(grafanaKeyOf(frameSecret).keySet));
const live = "/api/live/ws";

describe("a frame's websockets", () => {
  let db: TestDatabase;
  let grafana: GrafanaStandIn;
  let frames: FrameConsole;
  let origin: string;
  beforeAll(async () => {
    db = await testDatabase();
    const port = await freePort();
    const rootUrl = new URL(`http://grafana.localhost:${port}/`);
    grafana = await openGrafanaStandIn({ rootUrl, readKeySet });
    frames = await openFrameConsole({ db, upstream: grafana.url, port });
    origin = `http://mainnet.grafana.localhost:${port}`;
  });
  afterAll(async () => {
    await frames[Symbol.asyncDispose]();
    await grafana.stop();
    await db.close();
  });
  const viewer = async () => {
    const { actor, personId } = await frames.somebody();
    const cookie = await frames.enter(actor);
    const revoke = () => revokeSessionsOf(adminCtx(db), { personId, reason: "gone" });
    return { actor, cookie, revoke };
  };

  it("carry messages both ways, for the viewer and the organisation that the host stands for", async () => {
    const { cookie } = await viewer();
    const { socket, heard } = await dial(frames.port, live, {
      origin,
      cookie,
      "x-grafana-org-id": "9",
      "x-webauth-user": "admin",
    });
    await eventually(heard).toBeGreaterThan(3);
    const echoed = new Promise((resolve) =>
      socket.on("message", (data, isBinary) => {
        if (isBinary) resolve(data.toString());
      }),
    );
    socket.send(Buffer.from("a message"));
    expect(await echoed).toBe("a message");
    const seen = grafana.seen.findLast(({ url }) => url === live);
    expect(seen).toMatchObject({ orgId: 1, user: { by: "jwt", role: "Viewer" } });
    expect(seen?.headers).toMatchObject({
      host: `grafana.localhost:${frames.port}`,
      origin: `http://grafana.localhost:${frames.port}`,
    });
    expect(seen?.headers).not.toHaveProperty("x-webauth-user");
    expect(seen?.headers).not.toHaveProperty("cookie");
    socket.close();
    await eventually(grafana.sockets).toBe(0);
  });

  it("are refused without an Origin, from another one, without a cookie, and on any other path", async () => {
    const { cookie } = await viewer();
    const before = grafana.seen.length;
    await expect(dial(frames.port, live, { cookie })).rejects.toThrow("403");
    for (const foreign of [frames.home, "https://evil.test", "null", `${origin}.evil.test`])
      await expect(dial(frames.port, live, { cookie, origin: foreign }), foreign).rejects.toThrow("403");
    await expect(dial(frames.port, live, { origin })).rejects.toThrow("401");
    for (const path of [
      "/api/live/push/x",
      "/api/live/%77s",
      "/live/?EIO=4&transport=websocket",
      "/api/live/ws/../list",
    ])
      await expect(dial(frames.port, path, { origin, cookie }), path).rejects.toThrow("404");
    await expect(dial(frames.port, live, { origin, cookie }, "moonnet")).rejects.toThrow("404");
    expect(grafana.seen.length).toBe(before);
  });

  it("end within five seconds of the sign-in, for good and with the reason, and nothing is heard after", async () => {
    const { cookie, revoke } = await viewer();
    const passed = await dial(frames.port, live, { origin, cookie });
    const held = await dial(frames.port, "/-/held", { origin, cookie });
    await eventually(passed.heard).toBeGreaterThan(0);
    const startedAt = performance.now();
    await revoke();
    const reason = "The sign-in has ended";
    expect(await passed.closed).toEqual({ code: endedCode, reason });
    expect(await held.closed).toEqual({ code: endedCode, reason });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await eventually(grafana.sockets).toBe(0);
    await expect(dial(frames.port, live, { origin, cookie })).rejects.toThrow("401");
    expect((await ask(frames.port, "/d/cere-nodes", { headers: { cookie } })).status).toBe(401);
  });

  it("end also for a client that answers no close", async () => {
    const { cookie, revoke } = await viewer();
    const { socket, closed } = await dial(frames.port, live, { origin, cookie });
    socket.pause();
    await revoke();
    await eventually(grafana.sockets).toBe(0);
    socket.resume();
    await closed;
  });

  it("end at once when the notice of the end arrives, before the next look", async () => {
    const { actor, cookie, revoke } = await viewer();
    const held = await dial(frames.port, "/-/held", { origin, cookie });
    await revoke();
    if (actor.kind === "person") frames.proxy.recheck([actor.sessionId]);
    expect((await held.closed).code).toBe(endedCode);
  });

  it("hear nothing on the socket that is only held, and take no large message", async () => {
    const { cookie } = await viewer();
    const held = await dial(frames.port, "/-/held", { origin, cookie });
    held.socket.send("hello");
    expect((await held.closed).code).toBe(1008);
    const passed = await dial(frames.port, live, { origin, cookie });
    passed.socket.send("x".repeat(70_000));
    expect((await passed.closed).code).toBe(1009);
  });

  it("are bounded for each sign-in", async () => {
    const { cookie } = await viewer();
    const opened = await Promise.all(
      Array.from({ length: 64 }, () => dial(frames.port, "/-/held", { origin, cookie })),
    );
    await expect(dial(frames.port, "/-/held", { origin, cookie })).rejects.toThrow("429");
    for (const { socket } of opened) socket.terminate();
  });

  it("are taken by a Grafana that does not know its root_url too, because Host and Origin agree", async () => {
    await using other = await openGrafanaStandIn({ rootUrl: null, readKeySet });
    await using behind = await openFrameConsole({ db, upstream: other.url });
    const { actor } = await behind.somebody();
    const cookie = await behind.enter(actor);
    const { socket, heard } = await dial(behind.port, live, {
      origin: `http://mainnet.grafana.localhost:${behind.port}`,
      cookie,
    });
    await eventually(heard).toBeGreaterThan(0);
    socket.terminate();
  });

  it("close in the browser when Grafana goes away", async () => {
    const { cookie } = await viewer();
    const passed = await dial(frames.port, live, { origin, cookie });
    await grafana.stop();
    expect((await passed.closed).code).toBe(1006);
    await expect(dial(frames.port, live, { origin, cookie })).rejects.toThrow("502");
  });
});
