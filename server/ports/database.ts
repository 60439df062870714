import type { Prisma, PrismaClient } from "../../prisma/generated/console/client.ts";

/** One SQL statement with `$1` parameters. bigint and numeric come back as strings, timestamptz as Date. */
export type Sql = <Row>(text: string, values?: readonly unknown[], options?: SqlOptions) => Promise<Row[]>;
/** `isPrepared`: parsed and planned once a connection. For a few texts that never vary and run all the time. */
export type SqlOptions = { timeoutMs?: number; isPrepared?: boolean };

/** One statement inside a transaction that the caller holds; every value is text, and cast where it is used. */
export type RunSql = <Row>(text: string, values: readonly string[]) => Promise<Row[]>;

/** What a verb sees inside a transaction: the same Prisma models and raw SQL on the same connection. */
export type Transaction = Prisma.TransactionClient;

/** A transaction of plain statements: what changes often pays for no models. */
export type SqlTransaction = { sql: Sql };

/** Commits what `work` did when it resolves, takes it all back when it rejects. */
export type Transact = <Result>(work: (tx: SqlTransaction) => Promise<Result>) => Promise<Result>;

/**
 * The console's own database. Prisma for models, `sql` for rollups and time series (one prepared statement, no ORM).
 * Writes go through `prisma.$transaction` or `transact`, so that row, audit entry and notice are committed together.
 */
export type Database = { prisma: PrismaClient; sql: Sql; transact: Transact };
