import { join, resolve } from "node:path";
import { usage } from "./faults/command.ts";
import { sendCommand } from "./faults/control-client.ts";
import { userCacheDirectory } from "./kafka/start-kafka.ts";
import { historyHours, simulatedNetworks } from "./localnet-options.ts";
import { claimDirectory } from "./processes/directory-claim.ts";
import { controlFile, startLocalnet } from "./start-localnet.ts";

/** `npm run localnet`: the network without a console. With words behind `--`: a command to one that runs. */
const directory = resolve(process.env.LOCALNET_DIR ?? join(import.meta.dirname, "..", ".local"), "network");
const words = process.argv.slice(2);

if (words.length === 0) await runInForeground();
else if (words[0] === "help" || words.includes("--help")) console.log(usage);
else await command();

async function command(): Promise<void> {
  const { ok, lines } = await sendCommand(join(directory, controlFile), words);
  for (const line of lines) (ok ? console.log : console.error)(line);
  process.exitCode = ok ? 0 : 1;
}

async function runInForeground(): Promise<void> {
  const claim = claimDirectory(directory);
  if (claim.kind === "taken") {
    console.error(`A local network runs already (process ${claim.pid}). Stop it first, or set LOCALNET_DIR.`);
    process.exit(1);
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const localnet = await startLocalnet({
    directory,
    cacheDirectory: userCacheDirectory(process.env),
    databaseUrl: process.env.DATABASE_URL || null,
    brokers: process.env.KAFKA_BROKERS?.split(",") ?? null,
    simulated: simulatedNetworks(process.env),
    recordsPerSecond: 200,
    historyHours: historyHours(process.env),
    say: (line) => console.log(line),
  });
  console.log("\nThe local network runs. A console sees it with these in its environment:\n");
  for (const [name, value] of Object.entries(localnet.environment)) console.log(`${name}='${value}'`);
  console.log("\nnpm run localnet -- help lists what can be done to it. Ctrl-C stops it.");
  const stop = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => stop.resolve());
  }
  const reason = await Promise.race([stop.promise, localnet.failed]);
  if (reason) console.error(reason);
  await localnet.stop();
  process.exit(reason ? 1 : 0);
}
