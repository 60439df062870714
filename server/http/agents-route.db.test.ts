import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { packTar, type TarEntry } from "modern-tar";
import { describe, expect, it } from "vitest";
import { openFolderStore } from "../adapters/files/open-folder-store.ts";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { sweepUploads } from "../features/agents/sweep-uploads.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { systemClock } from "../kernel/clock.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { aDeps } from "../testing/a-deps.ts";
import { testDatabase } from "../testing/database.ts";
import { insertToken } from "../testing/insert-token.ts";
import { agentsRoute } from "./agents-route.ts";
import { buildConsoleServer } from "./console-server.ts";

configure({ useWebWorkers: false });
const agentService = "d5".repeat(32);
const bundle = "export function onEdit() { return 1; }\n";
const manifestOf = (parts: object = {}) =>
  JSON.stringify({
    alias: "summarizer",
    version: "1.0.0",
    engagements: [{ id: "edit", event: "summary.edited", handler: "onEdit" }],
    ...parts,
  });
const rightFiles: Record<string, string> = { "bundle.js": bundle, "manifest.json": manifestOf() };

describe("uploading an agent in one request", () => {
  it("registers the same version for a zip and a tgz of the same files, in a folder or not", async () => {
    await using console = await openConsole();
    const first = await console.send(await aZip(rightFiles), "a.zip");
    expect([first.status, first.body]).toMatchObject([
      201,
      { kind: "registered", version: { state: "validated" } },
    ]);
    const inFolder = Object.fromEntries(
      Object.entries(rightFiles).map(([name, text]) => [`dist/a/${name}`, text]),
    );
    const again = await console.send(await aTgz(inFolder), "b.tgz");
    expect([again.status, again.body.kind]).toEqual([200, "known"]);
    expect(again.body.version).toEqual(first.body.version);
    expect(await console.leftovers()).toEqual([]);
    expect((await readdir(join(console.folder, "objects", "pieces"))).length).toBe(3);
  });

  it("names each fault of the manifest at its place, and keeps nothing", async () => {
    await using console = await openConsole();
    const manifest = manifestOf({ idleTimeout: "10m" }).replace("onEdit", "onSave");
    const answer = await console.send(await aZip({ ...rightFiles, "manifest.json": manifest }), "a.zip");
    expect(answer.status).toBe(422);
    expect(answer.body.faults.map(({ path }: { path: string }) => path)).toEqual([
      "/engagements/0/handler",
      "/idleTimeout",
    ]);
    await console.expectNothing();
  });

  it("refuses another content under a version that is taken", async () => {
    await using console = await openConsole();
    await console.send(await aZip(rightFiles), "a.zip");
    const answer = await console.send(await aZip({ ...rightFiles, "more.txt": "x" }), "a.zip");
    expect([answer.status, answer.body.detail]).toEqual([
      409,
      expect.stringContaining("1.0.0 of summarizer is"),
    ]);
    expect(await console.leftovers()).toEqual([]);
    expect((await readdir(join(console.folder, "objects", "pieces"))).length).toBe(3);
  });

  const link: TarEntry = { header: { name: "bundle.js", type: "symlink", size: 0, linkname: "/etc/passwd" } };
  it.each<[string, () => Promise<Uint8Array>, string, string]>([
    ["a path that leaves it", () => aTgz({ ...rightFiles, "../evil.js": "x" }), "a.tgz", "leaves the upload"],
    [
      "an absolute path",
      () => aTgz({ ...rightFiles, "/etc/cron.d/x": "x" }),
      "a.tgz",
      "does not begin in the upload",
    ],
    ["a backslash", () => aZip({ ...rightFiles, "..\\evil.js": "x" }), "a.zip", "backslash"],
    ["a link in a tgz", () => aTgz({ "manifest.json": manifestOf() }, [link]), "a.tgz", "is a link"],
    ["a link in a zip", () => aZip(rightFiles, { "bundle.js": 0o120777 }), "a.zip", "is a link"],
    ["a bomb in a zip", () => aZip({ ...rightFiles, "zeros.bin": "0".repeat(60_000_000) }), "a.zip", "bomb"],
    ["a bomb in a tgz", () => aTgz({ ...rightFiles, "zeros.bin": "0".repeat(60_000_000) }), "a.tgz", "bomb"],
    ["100,000 files", () => manyFiles(100_000), "a.tgz", "more than 200 files"],
    ["a name twice", () => aTgz({ ...rightFiles, "BUNDLE.js": "x" }), "a.tgz", "is there twice"],
    ["another type than it says", async () => randomBytes(5_000), "a.zip", "neither a zip nor a gzip"],
    ["a zip that is cut", async () => (await aZip(rightFiles)).subarray(0, 200), "a.zip", "damaged"],
    ["a tgz that is cut", async () => (await aTgz(rightFiles)).subarray(0, 100), "a.tgz", "damaged"],
    [
      "too many folders",
      () => aTgz({ ...rightFiles, [`${"a/".repeat(9)}b`]: "x" }),
      "a.tgz",
      "deeper than 8",
    ],
    ["no manifest", () => aZip({ "bundle.js": bundle }), "a.zip", "no manifest.json"],
    [
      "a file beside its folder",
      () => aZip({ "d/manifest.json": manifestOf(), "x.js": "x" }),
      "a.zip",
      "outside",
    ],
    ["nothing", () => aZip({}), "a.zip", "empty"],
  ])("refuses %s and keeps nothing", async (_, make, name, why) => {
    await using console = await openConsole();
    const answer = await console.send(await make(), name);
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining(why)]);
    await console.expectNothing();
  });

  it("refuses 2 GiB before a byte of it is read", async () => {
    await using console = await openConsole();
    expect(await console.sendEndless(2 * 2 ** 30)).toBe(413);
    await console.expectNothing();
  });

  it("keeps nothing of one that is aborted in the middle", async () => {
    await using console = await openConsole();
    await console.sendAndLeave(40 * 2 ** 20, 20 * 2 ** 20);
    await expect.poll(() => console.leftovers(), { timeout: 10_000 }).toEqual([]);
    await console.expectNothing();
  });

  it("needs the scope of a token, and writes down who came without a right", async () => {
    await using console = await openConsole("lineage:write");
    const answer = await console.send(await aZip(rightFiles), "a.zip");
    expect(answer.status).toBe(403);
    expect(await console.db.prisma.auditEntry.count({ where: { action: "token.refuse" } })).toBe(1);
    await console.expectNothing();
  });
});

describe("uploading in parts", () => {
  it("goes on where it was cut off, and refuses other bytes than were announced", async () => {
    await using console = await openConsole();
    const model = randomBytes(9 * 2 ** 20);
    const files: Record<string, string | Buffer> = { ...rightFiles, "model.bin": model };
    const begun = await console.json("POST", "uploads", {
      agentService,
      files: Object.entries(files).map(([name, content]) => ({ name, bytes: content.length })),
    });
    expect(begun.status).toBe(201);
    const { id, partBytes } = begun.body;
    const put = (file: number, part: number, bytes: Uint8Array | string) =>
      console.put(`uploads/${id}/files/${file}/parts/${part}`, Buffer.from(bytes));
    expect(await put(0, 1, "short")).toBe(400);
    expect(await put(0, 1, files["bundle.js"] ?? "")).toBe(204);
    expect(await put(1, 1, files["manifest.json"] ?? "")).toBe(204);
    expect(await put(2, 1, model.subarray(0, partBytes))).toBe(204);
    expect((await console.json("POST", `uploads/${id}/complete`, {})).status).toBe(409);
    const after = await console.json("GET", `uploads/${id}`);
    expect(after.body.files.map(({ stored }: { stored: number[] }) => stored)).toEqual([[1], [1], [1]]);
    expect(await put(2, 2, model.subarray(partBytes))).toBe(204);
    const done = await console.json("POST", `uploads/${id}/complete`, { note: "first" });
    expect([done.status, done.body]).toMatchObject([201, { kind: "registered", version: { note: "first" } }]);
    expect(await console.leftovers()).toEqual([]);
  });

  it("leaves nothing of one that is discarded or forgotten", async () => {
    await using console = await openConsole();
    const files = [{ name: "a.zip", bytes: 10 }];
    const one = await console.json("POST", "uploads", { agentService, files });
    expect((await console.json("DELETE", `uploads/${one.body.id}`)).status).toBe(204);
    const other = await console.json("POST", "uploads", { agentService, files });
    await console.put(`uploads/${other.body.id}/files/0/parts/1`, Buffer.alloc(10));
    expect((await console.leftovers()).length).toBeGreaterThan(0);
    await console.db.sql("UPDATE agent_upload SET expires_at = '2020-01-01'");
    expect(await sweepUploads({ db: console.db, deps: console.deps, clock: systemClock })).toBe(1);
    expect(await console.leftovers()).toEqual([]);
  });
});

async function aZip(files: Record<string, string>, modes: Record<string, number> = {}): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, text] of Object.entries(files)) {
    const unixMode = modes[name];
    await zip.add(name, new TextReader(text), {
      ...(unixMode !== undefined && { unixMode, versionMadeBy: 3 << 8, msDosCompatible: false }),
    });
  }
  return zip.close();
}

async function aTgz(files: Record<string, string>, more: readonly TarEntry[] = []): Promise<Uint8Array> {
  const entries: TarEntry[] = Object.entries(files).map(([name, body]) => ({
    header: { name, size: Buffer.byteLength(body), type: "file" },
    body,
  }));
  return gzipSync(await packTar([...more, ...entries]));
}

async function manyFiles(count: number): Promise<Uint8Array> {
  const entries = Array.from(
    { length: count },
    (_, index): TarEntry => ({
      header: { name: `f${index}`, size: 0, type: "file" },
      body: "",
    }),
  );
  return gzipSync(await packTar(entries));
}

async function openConsole(scope: "agents:write" | "lineage:write" = "agents:write") {
  const db = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), `objects-${randomUUID()}`));
  const deps = aDeps({ objectStore: openFolderStore(folder) });
  const tokens = buildTokenGate({ db, clock: systemClock });
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  const sessions = { findActor: async () => null, listActors: async () => new Map() };
  door.open([agentsRoute({ db, deps, sessions, tokens, clock: systemClock })]);
  const port = await door.listen(0, "127.0.0.1");
  const base = `http://127.0.0.1:${port}/api/agents`;
  const { secret } = await insertToken(db, { clock: systemClock, scopes: [scope] });
  const authorization = `Bearer ${secret}`;
  const oneUp = `/api/agents/versions?agentService=${agentService}&file=a.zip`;
  const bodyOf = async (response: Response) => {
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
  };
  const leftovers = async () => {
    const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return names
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("/pieces"))
      .map(({ name }) => name);
  };
  const stream = (bytes: number, sendBytes: number, leave: boolean) =>
    new Promise<number>((resolve) => {
      const headers = { authorization, "content-length": String(bytes) };
      const sending = httpRequest({ port, path: oneUp, method: "POST", headers }, (response) => {
        resolve(response.statusCode ?? 0);
        response.resume();
        sending.destroy();
      });
      sending.on("error", () => resolve(0));
      let sent = 0;
      const write = () => {
        if (sending.destroyed) return;
        if (sent >= sendBytes) return leave ? void sending.destroy() : sending.end();
        sent += 65_536;
        sending.write(Buffer.alloc(65_536), () => setImmediate(write));
      };
      write();
    });
  return {
    db,
    deps,
    folder,
    leftovers,
    expectNothing: async () => {
      expect(await leftovers()).toEqual([]);
      expect(await readdir(join(folder, "objects", "pieces")).catch(() => [])).toEqual([]);
      expect(await db.prisma.agentVersion.count()).toBe(0);
    },
    send: async (bytes: Uint8Array, file: string) => {
      const response = await fetch(`${base}/versions?agentService=${agentService}&file=${file}`, {
        method: "POST",
        body: Buffer.from(bytes),
        headers: { authorization },
      });
      return { status: response.status, body: await bodyOf(response) };
    },
    sendEndless: (bytes: number) => stream(bytes, bytes, false),
    sendAndLeave: (bytes: number, sendBytes: number) => stream(bytes, sendBytes, true),
    json: async (method: string, path: string, body?: object) => {
      const response = await fetch(`${base}/${path}`, {
        method,
        headers: { authorization, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await bodyOf(response) };
    },
    put: async (path: string, body: Buffer<ArrayBuffer>) =>
      (await fetch(`${base}/${path}`, { method: "PUT", body, headers: { authorization } })).status,
    [Symbol.asyncDispose]: async () => {
      await door.stop();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
