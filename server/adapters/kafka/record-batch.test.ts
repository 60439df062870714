import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordBlock, RecordCursor } from "../../ports/event-log.ts";
import { readRecordBatch } from "./record-batch.ts";

// Batches as brokers serve them, by three client libraries; see fixtures/README.md.
const fixtures = join(import.meta.dirname, "fixtures");
const files = readdirSync(fixtures).filter((name) => name.endsWith(".recordbatch"));

type Read = { offset: number; key: string | null; value: Buffer; contentType: string | null };

function recordsIn(block: RecordBlock | undefined): Read[] {
  const cursor = openedOf(block);
  if (typeof cursor === "string") throw new Error(`The batch could not be opened: ${cursor}`);
  const records: Read[] = [];
  while (cursor.next())
    records.push({
      offset: cursor.offset,
      key: cursor.keyStart < 0 ? null : cursor.bytes.toString("latin1", cursor.keyStart, cursor.keyEnd),
      value: cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd),
      contentType: cursor.header("content-type"),
    });
  return records;
}

function openedOf(block: RecordBlock | undefined): RecordCursor | string {
  if (block?.kind !== "records") throw new Error("The batch holds no records.");
  return block.open();
}

/** To the end, or to where it says that the bytes are no records. */
function walk(cursor: RecordCursor): void {
  try {
    while (cursor.next()) cursor.header("content-type");
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
  }
}

function read(name: string): Read[] {
  const bytes = readFileSync(join(fixtures, name));
  const batch = readRecordBatch(bytes, 0);
  expect(batch?.end).toBe(bytes.length);
  return recordsIn(batch?.block);
}

function hashOf(records: readonly Read[]): string {
  const hash = createHash("sha256");
  for (const { value } of records) hash.update(value);
  return hash.digest("hex");
}

describe("batches of every codec", () => {
  it("are there for none, gzip, snappy, lz4 and zstd", () => {
    for (const codec of ["none", "gzip", "snappy", "lz4", "zstd"])
      expect(files.some((name) => name.includes(`-${codec}.`))).toBe(true);
  });

  it.each([
    "collector-logs-json",
    "collector-logs-proto",
    "collector-metrics-json",
    "collector-metrics-proto",
  ])("%s holds the same value whatever the codec", (family) => {
    const hashes = files.filter((name) => name.startsWith(`${family}-`)).map((name) => hashOf(read(name)));
    expect(hashes.length).toBeGreaterThanOrEqual(4);
    if (family.includes("logs")) expect(new Set(hashes).size).toBe(1);
  });

  it("reads the ten records of the Java client, framed snappy included, with offsets in a row", () => {
    const batches = files.filter((name) => name.startsWith("java-client")).map(read);
    expect(batches).toHaveLength(5);
    for (const records of batches) {
      expect(records).toHaveLength(10);
      const first = records[0]?.offset ?? -1;
      expect(records.map(({ offset }) => offset - first)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(new Set(batches.map(hashOf)).size).toBe(1);
  });

  it("reads librdkafka's raw snappy", () => {
    expect(read("librdkafka-openlineage-snappy.recordbatch").length).toBeGreaterThan(0);
  });
});

describe("batches that cannot be opened", () => {
  const good = readFileSync(join(fixtures, "java-client-cdevents-none.recordbatch"));
  const withCodec = (codec: number, name = "java-client-cdevents-none.recordbatch") => {
    const bytes = Buffer.from(readFileSync(join(fixtures, name)));
    bytes.writeInt16BE((bytes.readInt16BE(21) & ~7) | codec, 21);
    return bytes;
  };

  it.each([5, 6, 7])("codec %i is told with the offsets of the batch", (codec) => {
    const { block } = readRecordBatch(withCodec(codec), 0) ?? {};
    const first = Number(good.readBigInt64BE(0));
    expect(block).toMatchObject({ firstOffset: first, lastOffset: first + 9 });
    expect(openedOf(block)).toBe(`compressed with unknown codec ${codec}`);
  });

  it.each([1, 2, 3, 4])("bytes that codec %i cannot open are told, not thrown", (codec) => {
    const opened = openedOf(readRecordBatch(withCodec(codec), 0)?.block);
    expect(opened).toEqual(expect.stringContaining(`codec ${codec} cannot open the batch`));
  });

  it("ends with records or a reason, whatever bytes of a compressed batch are changed", () => {
    const change = fc.record({ file: fc.nat(), at: fc.nat(), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const name = files[(changes[0]?.file ?? 0) % files.length] ?? "";
        const bytes = Buffer.from(readFileSync(join(fixtures, name)));
        for (const { at, byte } of changes) bytes[61 + (at % (bytes.length - 61))] = byte;
        const opened = openedOf(readRecordBatch(bytes, 0)?.block);
        if (typeof opened !== "string") walk(opened);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["lz4", 68, [0xff, 0xff, 0xff, 0x7f]],
    ["snappy", 61, [0xff, 0xff, 0xff, 0x3f]],
  ] as const)(
    "refuses a length of %s that its bytes cannot have, before it makes room for it",
    (codec, at, claim) => {
      const name = files.find((file) => file.includes(`java-client`) && file.includes(`-${codec}.`)) ?? "";
      const bytes = Buffer.from(readFileSync(join(fixtures, name)));
      bytes.set(claim, at);
      const opened = openedOf(readRecordBatch(bytes, 0)?.block);
      expect(opened).toMatch(codec === "lz4" ? /block is cut off/ : /less than it claims/);
    },
  );

  it("waits for the rest of a batch that the fetch has cut", () => {
    for (const length of [0, 10, 60, 61, good.length - 1])
      expect(readRecordBatch(good.subarray(0, length), 0)).toBeNull();
  });

  it("says where records are damaged instead of reading beyond them", () => {
    const damaged = Buffer.from(good);
    damaged.fill(0xff, 61, 70);
    expect(() => recordsIn(readRecordBatch(damaged, 0)?.block)).toThrow(RangeError);
  });
});
