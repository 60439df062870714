import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIdentifier, searchWords } from "./read-identifier.ts";
import type { Reading } from "./reading.ts";
import * as inputs from "./testing/pasted-inputs.ts";

const wrapped = inputs.bareIds.flatMap(([id, is]) =>
  inputs.wrappers.map((wrap): inputs.PastedInput => [wrap(id), is]),
);
const table: readonly inputs.PastedInput[] = [
  ...inputs.bareIds,
  ...wrapped,
  ...inputs.written,
  ...inputs.ownAddresses,
  ...inputs.foreignAddresses,
  ...inputs.sentences,
  ...inputs.broken,
  ...inputs.foreign,
  ...inputs.secrets,
  ...inputs.noIds,
];

describe("what a pasted text is", () => {
  it.each(table)("%j is %s", (pasted, is) => {
    expect(readIdentifier(pasted).map(describeReading).join(" | ") || "none").toBe(is);
  });

  it("is asked of at least 300 different inputs", () => {
    expect(new Set(table.map(([pasted]) => pasted)).size).toBeGreaterThanOrEqual(300);
  });

  it("never fails, whatever is pasted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
        readIdentifier(text);
        searchWords(text);
      }),
    );
  });

  it("never fails on an id that was damaged anywhere", () => {
    const ids = inputs.bareIds.map(([id]) => id);
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.nat(80), fc.string({ maxLength: 3 }), (id, at, put) => {
        readIdentifier(id.slice(0, at) + put + id.slice(at + 1));
      }),
    );
  });

  it("stays fast on the longest text that it is given", () => {
    const longest = [
      `${"a ".repeat(1_000)}`,
      "1".repeat(2_000),
      "[".repeat(2_000),
      "block ".repeat(330),
      "/a".repeat(1_000),
    ];
    const start = performance.now();
    for (const text of longest) readIdentifier(text);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it("searches the host of a pasted address, and else the words", () => {
    expect(searchWords("https://S07.fsn1.example:8080/info")).toEqual(["s07.fsn1.example"]);
    expect(searchWords('  "fsn1   s07" ')).toEqual(["fsn1", "s07"]);
  });
});

function describeReading(reading: Reading): string {
  switch (reading.kind) {
    case "key": {
      const written = reading.prefix === null ? "" : ` ss58 ${reading.prefix}`;
      return `key ${reading.hex}${written}${reading.word ? ` as ${reading.word}` : ""}`;
    }
    case "hash":
      return `hash ${reading.hex} ${reading.word}`;
    case "genesis":
      return `genesis ${reading.network}`;
    case "cluster":
      return `cluster ${reading.id}`;
    case "cid":
      return `cid ${reading.content} ${reading.cid}${reading.bucket === null ? "" : ` bucket ${reading.bucket}`}`;
    case "foreign_cid":
      return "foreign cid";
    case "height":
      return `height ${reading.height}`;
    case "extrinsic":
      return `extrinsic ${reading.height} ${reading.index}`;
    case "era":
      return `era ${reading.era}`;
    case "bucket":
      return `bucket ${reading.bucket}${reading.isSaid ? " said" : ""}`;
    case "agent":
      return ["agent", reading.key, reading.alias, reading.version].filter(Boolean).join(" ");
    case "record":
      return `record ${reading.topic} ${reading.partition} ${reading.offset}`;
    case "alert":
    case "incident":
      return `${reading.kind} ${reading.id}`;
    case "person":
      return `person ${reading.email}`;
    case "page":
      return `page ${reading.href}${reading.subject ? ` of ${describeReading(reading.subject)}` : ""}`;
    case "broken":
      return `broken ${reading.what} at ${reading.at}+${reading.length}`;
    case "secret":
      return "secret";
  }
}
