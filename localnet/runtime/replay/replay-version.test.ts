import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buildAgentSecrets } from "../../../server/adapters/auth/agent-secrets.ts";
import { manifestSchema } from "../../../server/features/agents/manifest-schema.ts";
import { pieceId, textOf } from "../../content/content-id.ts";
import { anEvent } from "../event-source.ts";
import { FaultBoard } from "../fault-board.ts";
import { LiveConfig } from "../live-config.ts";
import { ReplayVersion } from "./replay-version.ts";

const key = generateKeyPairSync("x25519").privateKey.export({ format: "jwk" });
const service = "ab".repeat(32);
const agentId = `${service}:summarizer`;
const secret = "nobody reads this back";
const surroundings = { at: 0, seed: 1 };

it.each([
  ["an output", "return { key: event.secrets.STAMP_KEY };"],
  [
    "an output that is longer than what is told",
    'return { key: event.secrets.STAMP_KEY, text: "x".repeat(20_000) };',
  ],
  ["an error", "throw new Error(event.secrets.STAMP_KEY);"],
])("lets no secret out in %s", async (_what, body) => {
  const { side, whole } = await runOnce(body);
  expect(JSON.stringify(side)).toContain("[secret]");
  expect(JSON.stringify({ side, whole })).not.toContain(secret);
  expect(side.output?.length ?? 0).toBeLessThanOrEqual(16_000);
});

it("names an output by its content, whatever the order of its keys", async () => {
  const [one, other] = await Promise.all([
    runOnce("return { a: 1, b: 2 };"),
    runOnce("return { b: 2, a: 1 };"),
  ]);
  expect(one.side.cid).toMatch(/^baebb4i/);
  expect(other.side.cid).toBe(one.side.cid);
});

async function runOnce(body: string) {
  const folder = await mkdtemp(join(tmpdir(), "console-replay-version-"));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const bundle = Buffer.from(`export const handle = (event) => { ${body} };`);
  const bundleCid = textOf(pieceId(bundle));
  await mkdir(join(folder, "objects", "pieces"), { recursive: true });
  await writeFile(join(folder, "objects", "pieces", bundleCid), bundle);
  const manifest = manifestSchema.parse({
    alias: "summarizer",
    version: "1.0.0",
    engagements: [{ id: "e", event: "meeting.ended", handler: "handle" }],
    settings: { STAMP_KEY: { type: "secret" } },
  });
  const sealer = buildAgentSecrets(new Map([["dev", key.x ?? ""]]));
  const sealed = await sealer.seal(secret, { environment: "dev", agentId, name: "STAMP_KEY" });
  const config = await LiveConfig.open(
    { revision: 1, settings: {}, secrets: { STAMP_KEY: sealed } },
    { agentId, key },
  );
  const version = await ReplayVersion.load(
    { cid: `baear4i${"a".repeat(52)}`, bundleCid, semver: "1.0.0", manifest },
    { folder, record: { params: {}, engagements: {} }, config, faults: new FaultBoard() },
  );
  return version.run(anEvent(service, "meeting.ended"), surroundings);
}
