/** Parameters as `pg` takes them; a Buffer goes as the binary form of its type (see kernel/binary-array). */
export type BulkValue = string | number | boolean | Date | Buffer | null;

/** One transaction on the writer's own connection. */
export type BulkTransaction = {
  sql<Row>(text: string, values: readonly BulkValue[]): Promise<Row[]>;
  /** COPY … FROM STDIN in PostgreSQL's binary format, header and trailer included. */
  copy(into: string, rows: Buffer): Promise<void>;
};

/**
 * Writes much at once: one connection, one transaction at a time. When `work` throws, or the connection is lost,
 * everything is rolled back; whether a commit came through that was never answered only the data can tell.
 */
export type BulkStore = {
  transaction<Result>(work: (tx: BulkTransaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};
