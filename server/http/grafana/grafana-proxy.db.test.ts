import { createServer, request as httpRequest } from "node:http";
import { decodeJwt, type JSONWebKeySet } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grafanaKeyOf } from "../../adapters/grafana/grafana-key.ts";
import { updateGrants } from "../../features/identity/update-grants.ts";
import { eventually } from "../../live/testing/eventually.ts";
import { adminCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import {
  type GrafanaStandIn,
  openGrafanaStandIn,
  type StandInOptions,
} from "../../testing/grafana/grafana-stand-in.ts";
import {
  ask,
  type FrameConsole,
  frameSecret,
  openFrameConsole,
} from "../../testing/grafana/open-frame-console.ts";

const readKeySet = async (): Promise<JSONWebKeySet> =>
  JSON.parse(JSON.stringify(grafanaKeyOf(frameSecret).keySet));
const orgs = new Map([
  [1, "mainnet"],
  [2, "testnet"],
]);

describe("Grafana's host on the console's port", () => {
  let db: TestDatabase;
  let grafana: GrafanaStandIn;
  let frames: FrameConsole;
  let cookie: string;
  beforeAll(async () => {
    db = await testDatabase();
    grafana = await openGrafanaStandIn({ rootUrl: null, readKeySet, orgs, answers });
    frames = await openFrameConsole({ db, upstream: grafana.url });
    const { actor } = await frames.somebody();
    cookie = await frames.enter(actor);
  });
  afterAll(async () => {
    await frames[Symbol.asyncDispose]();
    await grafana.stop();
    await db.close();
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(frames.port, path, { headers: { cookie, ...headers } });
  const lastSeen = () => grafana.seen.at(-1);

  it("names the viewer by a token of half a minute, minted for the request, never more than Viewer", async () => {
    const answer = await get("/api/dashboards/uid/cere-nodes");
    expect(JSON.parse(answer.body)).toMatchObject({ by: "jwt", role: "Viewer", orgId: 1 });
    const claims = decodeJwt(String(lastSeen()?.headers["x-jwt-assertion"]));
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(30);
    expect(Math.abs((claims.iat ?? 0) - Date.now() / 1000)).toBeLessThan(30);
  });

  it("lets no forged identity through, whatever header, cookie or name carries it", async () => {
    await ask(frames.port, "/api/dashboards/uid/cere-nodes?auth_token=x&targetOrgId=2&orgId=2", {
      headers: {
        cookie: `${cookie}; grafana_session=admin; grafana_session_expiry=1`,
        authorization: "Basic YWRtaW46YWRtaW4=",
        "x-jwt-assertion": "forged",
        "x-webauth-user": "admin",
        "x-webauth-role": "Admin",
        "x-grafana-org-id": "2",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-host": "elsewhere.test",
        forwarded: "for=127.0.0.1",
        "x-grafana-device-id": "x",
        connection: "keep-alive, x-jwt-assertion, x-grafana-org-id",
      },
    });
    const { headers = {}, url, user, orgId } = lastSeen() ?? {};
    expect(Object.keys(headers).sort()).toEqual([
      ...["accept-encoding", "connection", "host", "user-agent", "x-grafana-org-id", "x-jwt-assertion"],
    ]);
    expect(headers.host).toBe(`grafana.localhost:${frames.port}`);
    expect({ url, orgId, by: user?.by }).toEqual({
      url: "/api/dashboards/uid/cere-nodes",
      orgId: 1,
      by: "jwt",
    });
  });

  it("sends a second Host, or none that it knows, nowhere", async () => {
    const before = grafana.seen.length;
    for (const host of ["grafana.localhost", "moonnet.grafana.localhost", "devnet.grafana.localhost"])
      expect((await ask(frames.port, "/d/cere-nodes", { headers: { host, cookie } })).status, host).toBe(404);
    const answer = await ask(frames.port, "/d/cere-nodes", { headers: { host: "evil.test", cookie } });
    expect(answer.status).toBe(404);
    expect(grafana.seen.length).toBe(before);
  });

  it("gives each audience its own organisation, and takes no audience's cookie for another", async () => {
    const { actor } = await frames.somebody();
    const testnet = await frames.enter(actor, "testnet");
    const own = await ask(frames.port, "/api/dashboards/uid/cere-nodes", {
      network: "testnet",
      headers: { cookie: testnet },
    });
    expect(JSON.parse(own.body)).toMatchObject({ orgId: 2 });
    const crossed = await ask(frames.port, "/api/dashboards/uid/cere-nodes", {
      network: "testnet",
      headers: { cookie },
    });
    expect(crossed.status).toBe(401);
    expect(
      (await get("/apis/dashboard.grafana.app/v1/namespaces/org-2/dashboards/cere-nodes/dto")).status,
    ).toBe(404);
  });

  it("shows nothing of a network that the viewer's roles do not cover", async () => {
    const { actor } = await frames.somebody("testnet");
    expect(await frames.enter(actor, "mainnet")).toBe("");
    expect(await frames.enter(actor, "testnet")).not.toBe("");
  });

  it("takes a ticket once, from the console's own pages, in time, and for its network", async () => {
    const { actor } = await frames.somebody();
    const body = await frames.ticketOf(actor, "mainnet");
    const enter = (given: { body: string; origin?: string; network?: string }) =>
      ask(frames.port, "/-/enter", {
        ...{ method: "POST", body: given.body, network: given.network ?? "mainnet" },
        headers:
          given.origin === undefined
            ? { origin: frames.home }
            : given.origin === ""
              ? {}
              : { origin: given.origin },
      }).then(({ status }) => status);
    expect(await enter({ body, origin: "https://evil.test" })).toBe(403);
    expect(await enter({ body, origin: "" })).toBe(403);
    expect(await enter({ body, network: "testnet" })).toBe(401);
    expect(await enter({ body: "x" })).toBe(401);
    expect(await enter({ body: "x".repeat(2_000) })).toBe(413);
    const both = await Promise.all([enter({ body }), enter({ body })]);
    expect(both.sort()).toEqual([204, 401]);
    expect(await enter({ body: `${body}A` })).toBe(401);
  });

  it("gives a cookie that belongs to this host alone and to the console's frames", async () => {
    const { actor } = await frames.somebody();
    const body = await frames.ticketOf(actor, "mainnet");
    const answer = await ask(frames.port, "/-/enter", {
      method: "POST",
      body,
      headers: { origin: frames.home },
    });
    expect(answer.headers["set-cookie"]?.[0]).toMatch(
      /^__Host-console\.grafana=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=None; Partitioned$/,
    );
    expect(answer.headers["access-control-allow-origin"]).toBe(frames.home);
  });

  it("knows nobody without a cookie, with a changed one, or with a ticket in its place", async () => {
    const { actor } = await frames.somebody();
    const ticket = await frames.ticketOf(actor, "mainnet");
    const before = grafana.seen.length;
    for (const forged of [
      "",
      cookie.slice(0, -2),
      cookie.replace(/=./, "=~"),
      `__Host-console.grafana=${ticket}`,
    ])
      expect((await ask(frames.port, "/d/cere-nodes", { headers: { cookie: forged } })).status, forged).toBe(
        401,
      );
    expect(grafana.seen.length).toBe(before);
  });

  it("puts the bridge first into a page, takes Grafana's cookies and policies off, and lets only the console frame it", async () => {
    const page = await get("/d/cere-nodes/nodes?kiosk&from=now-1h");
    expect(page.status).toBe(200);
    expect(page.body.indexOf("grafana:ready")).toBeGreaterThan(page.body.indexOf("<head>"));
    expect(page.body.indexOf("grafana:ready")).toBeLessThan(page.body.indexOf("<base"));
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain(`frame-ancestors ${frames.home}`);
    expect(policy).toContain("frame-src 'none'");
    expect(page.headers["x-frame-options"]).toBeUndefined();
    expect(page.headers["set-cookie"]).toBeUndefined();
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(lastSeen()?.url).toBe("/d/cere-nodes/nodes?kiosk=1&from=now-1h");
  });

  it("names nobody for Grafana's own files, and lets them be kept", async () => {
    const file = await ask(frames.port, "/public/build/app.0123456789abcdef.js", { headers: { cookie } });
    expect(file.status).toBe(200);
    expect(file.headers["cache-control"]).toContain("immutable");
    expect(file.headers["set-cookie"]).toBeUndefined();
    expect(lastSeen()?.headers).not.toHaveProperty("x-jwt-assertion");
    expect(lastSeen()?.headers).not.toHaveProperty("cookie");
  });

  it("answers by itself what a page can do without", async () => {
    const before = grafana.seen.length;
    expect((await get("/api/plugins/timeseries/settings")).body).toBe("{}");
    expect((await ask(frames.port, "/api/plugins/timeseries/settings")).status).toBe(401);
    expect(grafana.seen.length).toBe(before);
  });

  it("takes a change from the frame's own pages only", async () => {
    const body = JSON.stringify({ queries: [{ refId: "A", datasource: { uid: "cere-pg" } }] });
    const send = (headers: Record<string, string>) =>
      ask(frames.port, "/api/ds/query", { method: "POST", body, headers: { cookie, ...headers } }).then(
        ({ status }) => status,
      );
    const origin = `http://mainnet.grafana.localhost:${frames.port}`;
    expect(await send({ origin })).toBe(200);
    for (const foreign of [{ origin: "https://evil.test" }, { origin: frames.home }, { origin: "null" }, {}])
      expect(await send(foreign), JSON.stringify(foreign)).toBe(403);
    expect(
      (
        await get("/api/dashboards/uid/cere-nodes", {
          "sec-fetch-site": "cross-site",
          "sec-fetch-mode": "cors",
        })
      ).status,
    ).toBe(403);
  });

  it("bounds what is sent", async () => {
    const origin = `http://mainnet.grafana.localhost:${frames.port}`;
    const large = await ask(frames.port, "/api/ds/query", {
      method: "POST",
      body: "x".repeat(300_000),
      headers: { cookie, origin },
    });
    expect(large.status).toBe(413);
    const unknown = await ask(frames.port, "/api/ds/query", {
      method: "POST",
      headers: { cookie, origin, "transfer-encoding": "chunked" },
    });
    expect(unknown.status).toBe(411);
  });

  it("follows a redirect only to what it would show", async () => {
    expect((await get("/d/cere-clusters")).headers.location).toBe("/d/cere-clusters/clusters");
    for (const uid of ["cere-economics", "cere-ingest"]) {
      const page = await get(`/d/${uid}`);
      expect(page.status, uid).toBe(502);
      expect(page.body).toContain("grafana:away");
      expect(page.headers.location).toBeUndefined();
    }
    expect((await get("/public/img/moved.svg")).status).toBe(502);
  });

  it("shows no page of Grafana's where a file or an answer is expected, and none that is broken", async () => {
    expect((await get("/public/img/page.svg")).status).toBe(502);
    const refused = await get("/d/cere-nodes/refused");
    expect(refused.body).toContain("Grafana answers 500.");
    expect(refused.headers["content-security-policy"]).toMatch(
      /script-src 'nonce-[\w+/=]+'; frame-ancestors/,
    );
  });

  it("breaks off an answer that is larger than it may be", async () => {
    await expect(get("/public/img/endless.svg")).rejects.toThrow();
  });

  it("ends its own request when the browser leaves", async () => {
    const left = new AbortController();
    const host = `mainnet.grafana.localhost:${frames.port}`;
    const asking = httpRequest({
      host: "127.0.0.1",
      port: frames.port,
      path: "/public/img/slow.svg",
      headers: { host, cookie },
      signal: left.signal,
    });
    asking.on("error", () => {});
    asking.end();
    await eventually(() => slow.open).toBe(1);
    left.abort();
    await eventually(() => slow.open).toBe(0);
  });

  it("says so when Grafana is away, and keeps nobody waiting", async () => {
    const dead = await deadAddress();
    await using away = await openFrameConsole({ db, upstream: dead });
    const { actor } = await away.somebody();
    const own = await away.enter(actor);
    const page = await ask(away.port, "/d/cere-nodes", { headers: { cookie: own } });
    expect(page.status).toBe(502);
    expect(page.body).toContain("grafana:away");
  });

  it("publishes the key on the console's host and not on Grafana's", async () => {
    const path = "/.well-known/grafana-jwks.json";
    const open = await fetch(`http://127.0.0.1:${frames.port}${path}`);
    expect(await open.json()).toEqual(await readKeySet());
    expect((await ask(frames.port, path, { headers: { cookie } })).status).toBe(404);
  });

  it("loses its frame when the viewer's roles no longer cover the network", async () => {
    const { actor, personId } = await frames.somebody();
    const own = await frames.enter(actor);
    const status = async () => (await ask(frames.port, "/-/alive", { headers: { cookie: own } })).status;
    expect(await status()).toBe(204);
    await updateGrants(adminCtx(db), {
      personId,
      grants: [{ role: "viewer", network: "testnet", environment: null }],
      reason: "moved",
    });
    await eventually(status).toBe(401);
  });
});

const slow = { open: 0 };
const answers: NonNullable<StandInOptions["answers"]> = {
  "/d/cere-clusters": (_request, response) =>
    void response.writeHead(302, { location: "/d/cere-clusters/clusters" }).end(),
  "/d/cere-economics": (_request, response) =>
    void response.writeHead(302, { location: "https://evil.test/d/cere-nodes" }).end(),
  "/d/cere-ingest": (_request, response) => void response.writeHead(302, { location: "/login" }).end(),
  "/public/img/moved.svg": (_request, response) =>
    void response.writeHead(301, { location: "/d/cere-nodes" }).end(),
  "/public/img/page.svg": (_request, response) =>
    void response.setHeader("content-type", "text/html").end("<html>"),
  "/d/cere-nodes/refused": (_request, response) => void response.writeHead(500).end("broken"),
  "/public/img/endless.svg": (_request, response) => {
    const chunk = Buffer.alloc(1_024 * 1_024);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more);
    more();
  },
  "/public/img/slow.svg": (_request, response) => {
    slow.open += 1;
    response.on("close", () => {
      slow.open -= 1;
    });
  },
};

async function deadAddress(): Promise<URL> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  return new URL(`http://127.0.0.1:${port}/`);
}
