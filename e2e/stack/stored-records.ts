import { Client } from "pg";
import { localnet } from "./localnet-command.ts";

export type StoredRecords = {
  /** Records of activity that were taken from Kafka: the sum of all partitions' positions. */
  taken: number;
  /** What became of them: rows, dead letters, and repeats that were recognised. */
  kept: number;
  /** Time of the newest one, in epoch milliseconds. */
  newestAt: number;
};

/** As one moment of the database has it. Asked again while it is being started. */
export async function storedRecords(): Promise<StoredRecords> {
  const environment = await localnet("env");
  const address = environment.find((line) => line.startsWith("DATABASE_URL="))?.slice("DATABASE_URL=".length);
  if (!address) throw new Error("The local network does not say where its database is.");
  const client = new Client({ connectionString: address, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<StoredRecords>(
      `SELECT sum(next_offset)::float8 AS taken,
              sum(dead_letters + duplicates)::float8 + (SELECT count(*) FROM activity)::float8 AS kept,
              extract(epoch FROM max(record_at))::float8 * 1000 AS "newestAt"
       FROM ingest_offset WHERE topic LIKE 'ddc.activity%'`,
    );
    const [stored] = rows;
    if (!stored) throw new Error("Nothing was ever taken from Kafka.");
    return stored;
  } finally {
    await client.end();
  }
}
