import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grafanaKeyOf } from "../../adapters/grafana/grafana-key.ts";
import { dashboards } from "../../features/dashboards/catalogue.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import {
  type Answer,
  ask,
  dial,
  type FrameConsole,
  openFrameConsole,
} from "../../testing/grafana/open-frame-console.ts";

/**
 * Against a real Grafana that is set up as deploy/grafana says, with root_url http://grafana.localhost:<GRAFANA_TEST_PORT>/
 * and its key set from a console whose AUTH_SECRET is GRAFANA_TEST_SECRET. What a stand-in can only assume is asked here.
 */
const { GRAFANA_URL, GRAFANA_TEST_SECRET, GRAFANA_TEST_PORT } = process.env;

describe.skipIf(!GRAFANA_URL || !GRAFANA_TEST_SECRET)("a real Grafana behind the proxy", () => {
  const secret = GRAFANA_TEST_SECRET ?? "";
  let db: TestDatabase;
  let frames: FrameConsole;
  let cookie: string;
  let origin: string;
  beforeAll(async () => {
    db = await testDatabase();
    const port = Number(GRAFANA_TEST_PORT ?? 3_000);
    frames = await openFrameConsole({
      db,
      upstream: new URL(GRAFANA_URL ?? "http://localhost"),
      port,
      secret,
    });
    cookie = await frames.enter((await frames.somebody()).actor);
    origin = `http://mainnet.grafana.localhost:${port}`;
  });
  afterAll(async () => {
    await frames[Symbol.asyncDispose]();
    await db.close();
  });
  const get = (path: string): Promise<Answer> => ask(frames.port, path, { headers: { cookie } });
  const direct = (headers: Record<string, string>) =>
    fetch(new URL("/api/user", GRAFANA_URL), { headers, redirect: "manual" }).then(({ status }) => status);
  const token = (more: object) => {
    const iat = Math.floor(Date.now() / 1000);
    const who = {
      sub: "test-viewer",
      email: "test-viewer@test.local",
      role: "Viewer",
      org: "mainnet",
    } as const;
    const claims = { iss: "cere-console", aud: "grafana", ...who, iat, exp: iat + 30 } as const;
    return grafanaKeyOf(secret).sign({ ...claims, ...more });
  };

  it.each(dashboards.map(({ uid }) => uid))("has loaded %s from its file and shows its page", async (uid) => {
    expect(JSON.parse((await get(`/api/dashboards/uid/${uid}`)).body)).toMatchObject({ dashboard: { uid } });
    const page = await get(`/d/${uid}?kiosk=1`);
    expect(page.status).toBe(200);
    expect(page.body).toContain("grafana:ready");
  });

  it("takes the console's token and no other way in", async () => {
    expect(await direct({ "x-jwt-assertion": token({}) })).toBe(200);
    expect(await direct({ "x-jwt-assertion": token({ exp: 1 }) })).toBe(401);
    expect(await direct({ "x-jwt-assertion": token({ aud: "other" }) })).toBe(401);
    expect(await direct({ "x-jwt-assertion": token({ role: undefined }) })).toBe(401);
    expect(await direct({ "x-webauth-user": "admin" })).toBe(401);
    expect(await direct({ authorization: `Basic ${btoa("admin:admin")}` })).toBe(401);
    expect(await direct({})).toBe(401);
  });

  it("asks the database with the audience's role", async () => {
    const query = async (rawSql: string): Promise<string> => {
      const queries = [{ refId: "A", datasource: { uid: "cere-pg" }, rawSql, format: "table" }];
      const body = JSON.stringify({ queries, from: "now-1h", to: "now" });
      const headers = { cookie, origin, "content-type": "application/json" };
      return (await ask(frames.port, "/api/ds/query", { method: "POST", body, headers })).body;
    };
    expect(await query("SELECT current_user::text AS who")).toContain("grafana_mainnet");
    expect(await query("SELECT * FROM public.auth_user")).toContain("permission denied");
  });

  it("opens a live socket behind the proxy", async () => {
    const { socket } = await dial(frames.port, "/api/live/ws", { origin, cookie });
    socket.terminate();
  });
});
