import { join } from "node:path";
import { startPostgres } from "../localnet/postgres/start-postgres.ts";
import { claimDirectory } from "../localnet/processes/directory-claim.ts";
import { openDatabase } from "../server/adapters/postgres/database.ts";
import { migrate } from "../server/adapters/postgres/migrate.ts";
import { paletteAnswerSchema, paletteInput } from "../server/features/palette/schema.ts";
import { searchPalette } from "../server/features/palette/search-palette.ts";
import { fillEntities } from "./palette/fill-entities.ts";
import { questions } from "./palette/questions.ts";
import { report } from "./report.ts";

/**
 * `npm run bench:palette`: a million known entities, written by the same triggers as in production; then every kind of
 * text that a person types or pastes, letter by letter and whole, four at a time, through the verb and its schemas.
 */
const root = join(import.meta.dirname, "..");
const directory = process.env.BENCH_DIRECTORY ?? join(root, ".local/bench/palette");
const entities = 1_000_000;
const atOnce = 4;
const rounds = 12;

await using stack = new AsyncDisposableStack();
const claim = claimDirectory(directory);
if (claim.kind === "taken")
  throw new Error(`Process ${claim.pid} is using ${directory}. Wait for it to end.`);
stack.defer(() => claim.release());
const postgres = await startPostgres({ directory, preferredPort: 0, settings: { shared_buffers: "256MB" } });
stack.defer(() => postgres.stop());
await migrate(postgres.socketUrl, join(root, "prisma/migrations"));
const db = stack.use(
  openDatabase({
    connectionString: postgres.socketUrl,
    maxConnections: atOnce,
    applicationName: "bench-palette",
  }),
);
const known = await fillEntities(db, entities, (line) => console.log(line));

const actor = { kind: "system", id: "bench", name: "bench" } as const;
const ask = async (text: string) => {
  const start = performance.now();
  const answer = await searchPalette({ db, actor }, paletteInput.parse({ network: "mainnet", text }));
  paletteAnswerSchema.parse(answer);
  return { text, ms: performance.now() - start, found: answer.recognised.length + answer.hits.length };
};

const asked = questions(known);
for (const text of asked) await ask(text);
const times: { text: string; ms: number; found: number }[] = [];
const waiting = Array.from({ length: rounds }, () => asked).flat();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) times.push(await ask(text));
  }),
);

const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b);
const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
for (const { text, ms, found } of times.toSorted((a, b) => b.ms - a.ms).slice(0, 5))
  console.log(`slowest: ${JSON.stringify(text.slice(0, 60))} ${ms.toFixed(1)} ms, ${found} found`);
console.log(
  `${times.length} answers, ${times.filter(({ found }) => found > 0).length} of them found something`,
);
report("palette", {
  entities: known.total,
  answerMsP50: at(0.5),
  answerMsP95: at(0.95),
  answerMsP99: at(0.99),
});
