import { parseArgs } from "node:util";
import { openDatabase } from "./adapters/postgres/database.ts";
import { inheritedEnvironment } from "./config.ts";
import { type Anchor, verifyChain } from "./features/audit/verify-chain.ts";

/**
 * `npm run audit:verify`: walks along the whole audit chain and names the first thing that is wrong. Needs DATABASE_URL
 * only. `--anchor=<seq>:<hash>` checks against an anchor that was kept elsewhere, as often as it is given.
 * Exit code 0: sound, 1: broken, 2: it could not be read.
 */
const { values } = parseArgs({ options: { anchor: { type: "string", multiple: true } } });
const url = inheritedEnvironment().DATABASE_URL;
if (!url) end("DATABASE_URL is not set. It names the console's own PostgreSQL database.", 2);
const anchors = (values.anchor ?? []).map((text) => parseAnchor(text));
const startedAt = performance.now();
const db = openDatabase({
  connectionString: url,
  maxConnections: 2,
  applicationName: "console-audit-verify",
});
let said = 0;

try {
  const verdict = await verifyChain(db.sql, { anchors, onProgress });
  const seconds = (performance.now() - startedAt) / 1_000;
  if (verdict.kind === "broken") end(`BROKEN (${verdict.fault}): ${verdict.detail}`, 1);
  const rate = Math.round(verdict.links / seconds).toLocaleString("en");
  process.stdout.write(
    `sound: ${verdict.links.toLocaleString("en")} links in ${seconds.toFixed(1)} s (${rate}/s), head ${verdict.head ?? "none"}, ${verdict.unsealed} entries wait to be sealed\n`,
  );
} catch (error) {
  end(`The chain could not be read: ${error instanceof Error ? error.message : String(error)}`, 2);
} finally {
  await db.close();
}

function onProgress(links: number): void {
  if (links - said < 1_000_000) return;
  said = links;
  process.stderr.write(`${links.toLocaleString("en")} links are sound\n`);
}

function parseAnchor(text: string): Anchor {
  const [, seq, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!seq || !hash) return end(`--anchor takes <seq>:<hash in 64 hex digits>, not "${text}".`, 2);
  return { seq, hash, from: "that was given" };
}

function end(message: string, code: number): never {
  process[code === 0 ? "stdout" : "stderr"].write(`${message}\n`);
  process.exit(code);
}
