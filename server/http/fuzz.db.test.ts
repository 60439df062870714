import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openArtefacts } from "../adapters/files/open-artefacts.ts";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { exportFormats } from "../features/exports/rules.ts";
import { exportSources } from "../features/exports/sources.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import { makeRoom, testSelf } from "../features/nodes/testing/insert-node.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { systemClock } from "../kernel/clock.ts";
import type { Logger } from "../ports/logger.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { aDeps } from "../testing/a-deps.ts";
import { arbitraryInput, nastyText } from "../testing/arbitrary-input.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { anIssuer, signedInHeaders } from "../testing/sign-in-person.ts";
import { listPermissions, type Permission } from "../trpc/permission-table.ts";
import { appRouter } from "../trpc/root.ts";
import { auditAnchorsRoute } from "./audit-anchors.ts";
import { buildConsoleServer } from "./console-server.ts";
import { exportFileRoute } from "./export-file.ts";
import { exportRoute } from "./exports.ts";
import { trpcRoute } from "./trpc-route.ts";

/** FUZZ_SEED repeats a run; without it every run tries something else. */
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const limits = { seed, interruptAfterTimeLimit: 600, markInterruptAsFailure: false } as const;

let room: Awaited<ReturnType<typeof openRoom>>;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.close());

describe(`seed ${seed}`, () => {
  it.each(listPermissions(appRouter))("$path takes whatever comes, or says why not", async (permission) => {
    await room.signIn();
    await fc.assert(
      fc.asyncProperty(arbitraryInput(permission.inputs), async (input) => {
        await expectReason(await room.call(permission, input));
      }),
      { ...limits, numRuns: 30 },
    );
  });

  it.each(exportSources)(
    "the export $name takes whatever comes, or says why not",
    async ({ name, query }) => {
      await room.signIn();
      const fields = Object.keys(query.shape);
      const known = fc.dictionary(fc.constantFrom(...fields), nastyText, { maxKeys: fields.length });
      const near = fc.tuple(known, fc.constantFrom("mainnet", "testnet", "nowhere"), fc.boolean());
      await fc.assert(
        fc.asyncProperty(
          near,
          fc.constantFrom(...exportFormats),
          async ([given, network, isPlaced], format) => {
            const search = new URLSearchParams({ ...given, ...(isPlaced && { network }) });
            await expectReason(await room.get(`/api/exports/${name}.${format}?${search}`));
          },
        ),
        { ...limits, interruptAfterTimeLimit: 2_000, numRuns: 60 },
      );
    },
  );

  it("every other address answers with a reason", async () => {
    await room.signIn();
    const path = fc.oneof(
      nastyText.map((text) => `/api/exports/${encodeURIComponent(text.toWellFormed())}`),
      nastyText.map((text) => `/api/exports/jobs/${encodeURIComponent(text.toWellFormed())}`),
      fc.uuid().map((id) => `/api/exports/jobs/${id}`),
      nastyText.map((text) => `/api/trpc/${encodeURIComponent(text.toWellFormed())}`),
      nastyText.map((text) => `/api/trpc/audit.list?input=${encodeURIComponent(text.toWellFormed())}`),
      fc.constantFrom("/api/audit/anchors", "/api/audit/", "//", "/%00", "/%ff"),
    );
    await fc.assert(
      fc.asyncProperty(path, async (address) => expectReason(await room.get(address))),
      { ...limits, interruptAfterTimeLimit: 3_000, numRuns: 200 },
    );
  });
});

/** 2xx, or 4xx that tells a person why. */
async function expectReason(response: Response): Promise<void> {
  const text = await response.text();
  const what = `${response.status} ${text.slice(0, 300)} ${room.errors.splice(0).join(" ").slice(0, 600)}`;
  expect(response.status, what).toBeLessThan(500);
  if (response.status < 400) return;
  const body: unknown = JSON.parse(text);
  const reason = readReason(body);
  expect(reason, what).toMatch(/\S/);
}

function readReason(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return null;
  if ("detail" in body) return body.detail;
  return "error" in body && typeof body.error === "object" && body.error !== null && "message" in body.error
    ? body.error.message
    : null;
}

async function openRoom() {
  const db = await testDatabase();
  await makeRoom(db);
  const errors: string[] = [];
  const log: Logger = {
    ...silentLogger,
    error: ({ err }: { err?: unknown }) => void errors.push(String(err)),
    child: () => log,
  };
  const issuer = anIssuer(db);
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log,
    metrics: buildMetrics({}),
  });
  const sessions = buildSessions({ db, clock: systemClock, issuer });
  const tokens = buildTokenGate({ db, clock: systemClock });
  const around = { db, deps: aDeps({ self: testSelf }), sessions, tokens, clock: systemClock };
  door.open([
    trpcRoute(around),
    exportFileRoute(around, openArtefacts("/nowhere")),
    exportRoute(around),
    auditAnchorsRoute(around),
  ]);
  const address = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}`;
  let cookie = "";
  const get = (path: string) => fetch(`${address}${path}`, { headers: { cookie } });
  return {
    errors,
    get,
    call: (permission: Permission, input: unknown) => call(address, cookie, { permission, input }),
    /** Some of what is tried ends one's own sessions. */
    signIn: async () => {
      if (cookie && (await get("/api/trpc/identity.me")).ok) return;
      cookie = await signInAdmin(db, issuer);
    },
    close: async () => {
      await door.stop();
      await db.close();
    },
  };
}

async function signInAdmin(db: TestDatabase, issuer: ReturnType<typeof anIssuer>): Promise<string> {
  const grants = [{ role: "admin" as const, network: null, environment: null }];
  const { email } = await insertPerson(db, { grants });
  return (await signedInHeaders(db, { email, issuer })).get("cookie") ?? "";
}

type Call = { permission: Permission; input: unknown };

function call(address: string, cookie: string, { permission, input }: Call): Promise<Response> {
  const text = JSON.stringify(input);
  const url = `${address}/api/trpc/${permission.path}`;
  if (permission.kind === "mutation")
    return fetch(url, {
      method: "POST",
      headers: { cookie, "content-type": "application/json", origin: "http://console.test" },
      ...(text === undefined ? {} : { body: text }),
    });
  return fetch(text === undefined ? url : `${url}?input=${encodeURIComponent(text)}`, {
    headers: { cookie },
  });
}
