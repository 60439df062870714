import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ActivityParts } from "./activity-parts.ts";
import { decodeActivity, parseActivityJson } from "./decode-activity.ts";
import { ActivityJsonScanner } from "./json-scanner.ts";
import { activityLimits } from "./rules.ts";
import { anyRecord, anyRecordText, plainRecord, toProtobuf, withoutNewFields } from "./testing/any-record.ts";

const limits = activityLimits(new Date("2026-11-23T18:00:00Z"), 7 * 86_400_000);

type SampleIndex = {
  name: string;
  message: string;
  bytesFile: string | null;
  jsonFile: string | null;
}[];
const fixtures = join(import.meta.dirname, "fixtures");
const index: SampleIndex = JSON.parse(readFileSync(join(fixtures, "index.json"), "utf8"));
const samples = index.filter(({ message }) => message === "ActivityRecord");

function read(file: string): Buffer {
  return readFileSync(join(fixtures, file.replace("activity/", "")));
}

function decode(bytes: Buffer, encoding: "json" | "protobuf") {
  return decodeActivity({ bytes, start: 0, end: bytes.length, encoding }, limits);
}

describe("records composed with Cere's SDK", () => {
  const taken = samples.filter(({ name }) => !/truncated|unsigned|empty/.test(name));

  it.each(taken)("reads $name to the same facts from JSON and protobuf", ({ bytesFile, jsonFile }) => {
    const fromProtobuf = decode(read(bytesFile ?? ""), "protobuf");
    expect(fromProtobuf).toBeTypeOf("object");
    expect(decode(read(jsonFile ?? ""), "json")).toEqual(fromProtobuf);
  });

  it("knows what a GET with an acknowledgement says", () => {
    expect(decode(read("record-get.json"), "json")).toMatchObject({
      at: 1_795_446_001_234,
      bucket: 1234,
      operation: 1,
      status: 5,
      contentType: 0,
      latencyUs: 16_000,
      bytes: 150_000,
      size: null,
      offset: null,
    });
  });

  it("counts an unacknowledged store with the bytes that were to be stored", () => {
    expect(decode(read("record-store-no-ack.binpb"), "protobuf")).toMatchObject({
      operation: 0,
      bytes: 16,
      size: 16,
      cid: null,
      latencyUs: null,
    });
  });

  it("keeps a bucket id of 64 bits and amounts up to 2^53 exact", () => {
    expect(decode(read("record-big-numbers.json"), "json")).toMatchObject({
      bucket: 18_446_744_073_709_551_615n,
      size: Number.MAX_SAFE_INTEGER,
      offset: Number.MAX_SAFE_INTEGER,
    });
  });

  it.each([
    ["record-truncated.binpb", "protobuf", "not protobuf, or cut off"],
    ["record-unsigned.binpb", "protobuf", "the record is not signed"],
    ["record-unsigned.json", "json", "the record is not signed"],
    ["record-empty.binpb", "protobuf", "upstream.request is missing"],
    ["record-empty.json", "json", "upstream.request is missing"],
  ] as const)("refuses %s with its reason", (file, encoding, reason) => {
    expect(decode(read(file), encoding)).toBe(reason);
  });
});

describe("what is refused", () => {
  const plain = plainRecord();
  const withRequest = (request: object) =>
    JSON.stringify({ ...plain, upstream: { ...plain.upstream, request } });

  it.each([
    ["cut JSON", JSON.stringify(plain).slice(0, 200), "not JSON"],
    ["an array", "[]", "not an activity record"],
    ["a number for an object", JSON.stringify({ ...plain, upstream: 7 }), "upstream: "],
    [
      "a text for a number",
      withRequest({ ...plain.upstream.request, size: "many" }),
      "upstream.request.size: ",
    ],
    ["a huge number", withRequest({ ...plain.upstream.request, size: 1e30 }), "upstream.request.size: "],
    [
      "a bucket beyond 64 bits",
      withRequest({ ...plain.upstream.request, bucketId: "18446744073709551616" }),
      "upstream.request.bucketId: is more than 64 bits",
    ],
    [
      "an unknown operation",
      withRequest({ ...plain.upstream.request, requestType: 9 }),
      "upstream.request.requestType: ",
    ],
    [
      "1970",
      JSON.stringify({ ...plain, timestamp: "1000" }),
      "timestamp 1970-01-01T00:00:01.000Z is before 2020",
    ],
    [
      "2100",
      JSON.stringify({ ...plain, timestamp: String(Date.UTC(2100, 0, 1)) }),
      "timestamp 2100-01-01T00:00:00.000Z is more than 10 minutes in the future",
    ],
    [
      "a time before what is kept",
      JSON.stringify({ ...plain, timestamp: String(Date.UTC(2026, 10, 16)) }),
      "timestamp 2026-11-16T00:00:00.000Z is older than records are kept",
    ],
    ["no time", JSON.stringify({ ...plain, timestamp: undefined }), "timestamp is missing"],
  ])("refuses %s", (_what, text, reason) => {
    const refusal = decode(Buffer.from(text), "json");
    expect(refusal).toBeTypeOf("string");
    expect(String(refusal)).toContain(reason);
  });

  it("refuses protobuf of something else, without throwing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decode(Buffer.from(bytes), "protobuf")).toBeTypeOf("string");
      }),
    );
  });
});

describe("the byte-level decoder", () => {
  it("takes the plain form without the full parser", () => {
    const bytes = Buffer.from(JSON.stringify(plainRecord()));
    expect(new ActivityJsonScanner().scan(bytes, 0, bytes.length, new ActivityParts())).toBe(true);
  });

  it("yields exactly what JSON.parse and the schema yield, for records of every form", () => {
    fc.assert(
      fc.property(anyRecordText, (text) => {
        expect(decode(Buffer.from(text), "json")).toEqual(parseActivityJson(text, limits));
      }),
      { numRuns: 3_000 },
    );
  });

  it("yields the same for records with a byte changed, left out or put in", () => {
    const edit = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0x20, max: 0x7e }), kind: fc.nat(2) });
    fc.assert(
      fc.property(anyRecordText, fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
        const changed = edits.reduce(applyEdit, text);
        expect(decode(Buffer.from(changed), "json")).toEqual(parseActivityJson(changed, limits));
      }),
      { numRuns: 3_000 },
    );
  });

  it("never reads beyond the end of its value", () => {
    fc.assert(
      fc.property(anyRecordText, fc.nat(), (text, cut) => {
        const bytes = Buffer.from(text);
        const end = cut % bytes.length;
        const alone = Buffer.from(bytes.subarray(0, end));
        const value = { bytes, start: 0, end, encoding: "json" } as const;
        expect(decodeActivity(value, limits)).toEqual(decode(alone, "json"));
      }),
    );
  });

  it("reads both public protobuf layouts to what the JSON says", () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom("newest", "older"), (record, layout) => {
        const said = layout === "newest" ? record : withoutNewFields(record);
        expect(decode(toProtobuf(said, layout), "protobuf")).toEqual(
          decode(Buffer.from(JSON.stringify(said)), "json"),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("refuses a protobuf record that is cut anywhere, or reads a shorter whole one", () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), (record, cut) => {
        const bytes = toProtobuf(record, "newest");
        const result = decode(bytes.subarray(0, cut % bytes.length), "protobuf");
        // The signature comes last, so nothing that is cut is signed.
        expect(result).toBeTypeOf("string");
      }),
    );
  });
});

function applyEdit(text: string, { at, byte, kind }: { at: number; byte: number; kind: number }): string {
  const position = at % (text.length + 1);
  const put = kind === 0 ? "" : String.fromCharCode(byte);
  return text.slice(0, position) + put + text.slice(kind === 2 ? position : position + 1);
}
