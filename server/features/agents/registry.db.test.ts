import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { openFolderStore } from "../../adapters/files/open-folder-store.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { applySet } from "../deployments/apply-set.ts";
import { aRecord } from "../deployments/testing/a-record.ts";
import { beginUpload } from "./begin-upload.ts";
import { archiveVersion, deprecateVersion, validateVersion } from "./change-version.ts";
import { completeUpload } from "./complete-upload.ts";
import { countAgents } from "./count-agents.ts";
import { diffVersions } from "./diff-versions.ts";
import { findVersion } from "./find-version.ts";
import { getAgent } from "./get-agent.ts";
import { getVersion } from "./get-version.ts";
import { listAgents } from "./list-agents.ts";
import { listVersions } from "./list-versions.ts";
import { putUploadPart } from "./put-upload-part.ts";
import type { Version } from "./schema.ts";
import { rehashVersion } from "./verify-version.ts";

const { signal } = new AbortController();
const agentService = "ab".repeat(32);
const page = { sort: "alias", archived: false, limit: 2 } as const;

describe("the registry", () => {
  it("finds agents by any part of their id, page by page", async () => {
    await using db = await testDatabase();
    const { ctx } = await aDeveloper(db);
    for (const alias of ["reader", "scorer", "tagger"]) await upload(ctx, { alias });
    const first = await listAgents(ctx, page);
    const second = await listAgents(ctx, { ...page, cursor: first.next });
    expect([...first.rows, ...second.rows].map(({ alias }) => alias)).toEqual(["reader", "scorer", "tagger"]);
    expect(second.next).toBe(null);
    expect((await listAgents(ctx, { ...page, text: "CORE" })).rows.map(({ alias }) => alias)).toEqual([
      "scorer",
    ]);
    await expect(listAgents(ctx, { ...page, sort: "changed", cursor: first.next })).rejects.toThrow(
      "damaged",
    );
  });

  it("lists versions newest first and tells what changed between two", async () => {
    await using db = await testDatabase();
    const { ctx, clock } = await aDeveloper(db);
    await upload(ctx, { version: "1.0.0" });
    clock.advance(1_000);
    const { agentId, cid } = await upload(ctx, { version: "1.1.0", idleTimeout: 300 });
    const { rows } = await listVersions(ctx, { agentId, limit: 10 });
    expect(rows.map(({ semver }) => semver)).toEqual(["1.1.0", "1.0.0"]);
    expect(await findVersion(ctx, { agentId, cid })).toMatchObject({ semver: "1.1.0" });
    expect(await findVersion(ctx, { agentId: `${agentId}x`, cid })).toBeNull();
    expect((await diffVersions(ctx, { agentId, cid })).changes).toEqual([
      { path: "version", before: '"1.0.0"', after: '"1.1.0"' },
      { path: "idleTimeout", before: "120", after: "300" },
    ]);
    expect(await getAgent(ctx, { id: agentId })).toMatchObject({
      agent: { versions: 2, latest: { semver: "1.1.0", state: "validated" } },
    });
  });

  it("keeps who changed a state and why, in the history and the audit log", async () => {
    await using db = await testDatabase();
    const { ctx } = await aDeveloper(db);
    const { agentId, cid } = await upload(ctx, {});
    const of = { agentId, cid };
    await expect(archiveVersion(ctx, { ...of, reason: "" })).rejects.toMatchObject({ code: "conflict" });
    await deprecateVersion(ctx, { ...of, reason: "too slow", sunsetAt: "2099-01-01T00:00:00.000Z" });
    await archiveVersion(ctx, { ...of, reason: "nobody calls it" });
    const { version, transitions } = await getVersion(ctx, of);
    expect(version).toMatchObject({ state: "archived", sunsetAt: "2099-01-01T00:00:00.000Z" });
    expect(transitions.map(({ to, reason }) => `${to} ${reason}`)).toEqual([
      "archived nobody calls it",
      "deprecated too slow",
      "validated ",
    ]);
    const actions = await db.prisma.auditEntry.findMany({ orderBy: { id: "asc" }, select: { action: true } });
    expect(actions.map(({ action }) => action)).toEqual([
      "agent.upload",
      "agent.register",
      "agent.deprecate",
      "agent.archive",
    ]);
    expect((await listAgents(ctx, page)).rows).toEqual([]);
  });

  it("archives nothing that a deployment SET still names", async () => {
    await using db = await testDatabase();
    const { ctx } = await aDeveloper(db);
    const { agentId, cid } = await upload(ctx, { version: "1.0.0" });
    const other = await upload(ctx, { version: "1.1.0" });
    const set = (version: string, generation: number) =>
      applySet(ctx, {
        agentId,
        environment: "dev",
        records: [aRecord({ version })],
        generation,
        note: "n",
      });
    await set(cid, 0);
    await deprecateVersion(ctx, { agentId, cid, reason: "too slow" });
    await expect(archiveVersion(ctx, { agentId, cid, reason: "old" })).rejects.toThrow("1 record");
    await set(other.cid, 1);
    expect((await archiveVersion(ctx, { agentId, cid, reason: "old" })).state).toBe("archived");
  });

  it("lists agents by where they run and by the state of their newest version", async () => {
    await using db = await testDatabase();
    const { ctx } = await aDeveloper(db);
    const { agentId, cid } = await upload(ctx, { alias: "reader" });
    await upload(ctx, { alias: "scorer" }, true);
    await applySet(ctx, {
      agentId,
      environment: "dev",
      records: [aRecord({ version: cid })],
      generation: 0,
      note: "n",
    });
    const aliases = async (filter: object) =>
      (await listAgents(ctx, { ...page, ...filter })).rows.map(({ alias }) => alias);
    expect(await aliases({ runsIn: "dev" })).toEqual(["reader"]);
    expect(await aliases({ runsIn: "prod" })).toEqual([]);
    expect(await aliases({ state: "draft" })).toEqual(["scorer"]);
    const { rows } = await listAgents(ctx, { ...page, text: "reader" });
    expect(rows[0]?.places[0]).toMatchObject({ environment: "dev", shares: [{ cid, percent: 100 }] });
    expect(await countAgents(ctx)).toMatchObject({ agents: 2, versions: 2, inProd: 0, archived: 0 });
  });

  it("hashes again when somebody asks, and keeps what came of it", async () => {
    await using db = await testDatabase();
    const { ctx, folder, clock } = await aDeveloper(db);
    const { agentId, cid, bundleCid } = await upload(ctx, {});
    clock.advance(5_000);
    expect((await rehashVersion(ctx, { agentId, cid })).verifiedAt).toBe(clock.now().toISOString());
    await writeFile(join(folder, "objects", "pieces", bundleCid), "export const onEdit = 2");
    await expect(rehashVersion(ctx, { agentId, cid })).rejects.toThrow("no longer hash");
    const entries = await db.prisma.auditEntry.findMany({
      where: { action: "agent.verify" },
      orderBy: { id: "asc" },
      select: { after: true },
    });
    expect(entries.map(({ after }) => after)).toEqual([
      { cid, verdict: "intact" },
      { cid, verdict: "damaged" },
    ]);
  });

  it("does not bring back a version whose bytes are no longer its own", async () => {
    await using db = await testDatabase();
    const { ctx, folder } = await aDeveloper(db);
    const { agentId, cid, bundleCid } = await upload(ctx, {}, true);
    await writeFile(join(folder, "objects", "pieces", bundleCid), "export const onEdit = 2");
    await expect(validateVersion(ctx, { agentId, cid, reason: "" })).rejects.toThrow("no longer hash");
    expect((await getVersion(ctx, { agentId, cid })).version.state).toBe("draft");
  });
});

async function aDeveloper(db: TestDatabase) {
  const folder = await mkdtemp(join(tmpdir(), "registry-"));
  const clock = fakeClock();
  return {
    clock,
    folder,
    ctx: aCtx({ db, role: "developer", clock, deps: { objectStore: openFolderStore(folder) } }),
  };
}

async function upload(ctx: Ctx, parts: object, asDraft = false): Promise<Version> {
  const manifest = JSON.stringify({
    alias: "editor",
    version: "1.0.0",
    engagements: [{ id: "edit", event: "summary.edited", handler: "onEdit" }],
    ...parts,
  });
  const texts = [
    ["bundle.js", "export const onEdit = 1;"],
    ["manifest.json", manifest],
  ] as const;
  const files = texts.map(([name, text]) => ({ name, bytes: Buffer.byteLength(text) }));
  const { id } = await beginUpload(ctx, { agentService, files });
  for (const [file, [, text]] of texts.entries()) {
    const bytes = Buffer.from(text);
    const body = Readable.from([bytes], { objectMode: false });
    await putUploadPart(ctx, { id, file, part: 1, sizeBytes: bytes.length, body }, signal);
  }
  const outcome = await completeUpload(ctx, { id, note: "", asDraft }, signal);
  if (outcome.kind === "faulty") throw new Error(outcome.faults.map(({ message }) => message).join());
  return outcome.version;
}
