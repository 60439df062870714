import { describe, expect, it } from "vitest";
import { judgeManifest } from "./manifest-rules.ts";

const facts = { fileNames: ["bundle.js", "manifest.json"], exports: ["onMeetingEnded", "onEdit"] };

/** Lines with one fault each, and what has to be said there. */
const faulty: readonly [string, string | null, string?][] = [
  ["{", null],
  ['"$schema": "s",', null],
  ['"$schema": "s",', "twice"],
  ['"alias": "Transcript",', "lower-case"],
  ['"version": "2.4",', "semver.org"],
  ['"title": 7,', "string"],
  ['"description": [],', "string"],
  ['"entry": "main.js",', "no file main.js"],
  ['"idleTimeout": "10m",', "number"],
  ['"idleTimeot": 600,', "no field"],
  ['"requiredScopes": ["Vault"],', "scope"],
  ['"engagements": [', null],
  ['{ "id": "a", "event": "meeting.ended", "handler": "onMeetingEnd" },', "no onMeetingEnd"],
  ['{ "id": "a", "event": "meeting.ended", "handler": "onEdit" },', "another one"],
  ['{ "id": "1b", "event": "meeting.ended", "handler": "onEdit" },', "begin with a letter"],
  ['{ "id": "c", "event": "Meeting", "handler": "onEdit" },', "event type"],
  ['{ "id": "d", "event": "x.y" },', "is missing"],
  ['{ "id": "e", "event": "x.y", "handler": "on-edit" },', "exports"],
  ['{ "id": "f", "event": "x.y", "handler": "onEdit", "timeout": 0 },', ">="],
  ['{ "id": "g", "event": "x.y", "handler": "onEdit", "timeout": 601 },', "<="],
  ['{ "id": "h", "event": "x.y", "handler": "onEdit", "enabled": "yes" },', "boolean"],
  ['{ "id": "i", "event": "x.y", "handler": "onEdit", "retry": 3 },', "no field"],
  ['"not an engagement",', "object"],
  ["7", "object"],
  ["],", null],
  ['"handlers": {', null],
  ['"onEdit": { "timeout": 1.5 },', "int"],
  ['"onSave": {},', "no onSave"],
  ['"onMeetingEnded": { "memoryMiB": 8 }', ">="],
  ["},", null],
  ['"cubbies": [', null],
  ['{ "id": "s", "migrations": -1 },', ">="],
  ['{ "id": "s" },', "another one"],
  ['{ "migrations": 2 }', "missing"],
  ["],", null],
  ['"params": {', null],
  ['"a": { "type": "text" },', "set"],
  ['"b": { "type": "integer", "default": 1.5 },', "int"],
  ['"c": { "type": "integer", "default": 9, "maximum": 5 },', "at most 5"],
  ['"d": { "type": "number", "default": 0, "minimum": 1 },', "at least 1"],
  ['"e": { "type": "boolean", "default": "no" },', "boolean"],
  ['"f": { "type": "string", "enum": [] },', ">="],
  ['"g": { "type": "string", "enum": ["x"], "default": "y" },', "not one of"],
  ['"h": { "type": "set", "enum": ["x"], "default": ["x", "z"] },', "not one of"],
  ['"i": { "type": "set" },', "missing"],
  ['"j": { "type": "secret" },', "set"],
  ['"k": { "default": 1 },', "set"],
  ['"l": { "type": "string", "maxLength": 0 },', ">="],
  ['"m": { "type": "string", "minimum": 1 },', "no field"],
  ['"n": { "type": "string", "maxLength": 2, "default": "abc" },', "at most 2"],
  ['"2o": { "type": "string" },', "begin with a letter"],
  ['"p": null', "object"],
  ["},", null],
  ['"settings": {', null],
  ['"q": { "type": "secret", "default": "s" },', "no field"],
  ['"r": { "type": "secret", "required": 1 }', "boolean"],
  ["},", null],
  ['"eventSchemas": {', null],
  ['"meeting.ended": true', "record"],
  ["},", null],
  ['"widgets": [', null],
  ['{ "id": "w", "title": "", "kind": "text" },', ">="],
  ['{ "id": "x", "title": "X", "kind": "movie" },', "text"],
  ['{ "id": "y", "title": "Y", "kind": "table", "handler": "onDraw" }', "no onDraw"],
  ["],", null],
  ['"allowedHosts": ["https://example.org"]', "host name"],
  ["}", null],
];

describe("a manifest with faults", () => {
  const text = faulty.map(([line]) => line).join("\n");
  const verdict = judgeManifest(text, facts);
  const faults = verdict.kind === "faulty" ? verdict.faults : [];

  it("names every one of 50 and more at its line, and nothing else", () => {
    const expected = faulty.flatMap(([, word], index) => (word === null ? [] : [index + 1]));
    expect(expected.length).toBeGreaterThanOrEqual(50);
    expect([...new Set(faults.map(({ line }) => line))]).toEqual(expected);
  });

  it.each(faulty.flatMap(([line, word], index) => (word === null ? [] : [[line, word, index + 1] as const])))(
    "%s: %s",
    (_, word, line) => {
      const said = faults.filter((fault) => fault.line === line).map(({ message }) => message);
      expect(said.join(" ")).toContain(word);
    },
  );

  it("marks the very characters", () => {
    const timeout = faults.find(({ path }) => path === "/idleTimeout");
    expect(timeout && text.slice(timeout.offset, timeout.offset + timeout.length)).toBe('"10m"');
    expect(timeout).toMatchObject({ column: 16, instead: "600" });
    const handler = faults.find(({ path }) => path === "/engagements/0/handler");
    expect(handler?.instead).toBe('"onMeetingEnded"');
    const key = faults.find(({ path }) => path === "/idleTimeot");
    expect(key && text.slice(key.offset, key.offset + key.length)).toBe('"idleTimeot"');
  });
});

describe("a manifest that is no JSON", () => {
  it.each([
    ["", 1, 1],
    ['{\n  "alias": "a"\n  "version": "1.0.0"\n}', 3, 3],
    ["{\n  // a comment\n}", 2, 3],
    ['{ "alias": "a', 1, 12],
    ['{ "alias": }', 1, 12],
    ["[1,\n2", 2, 2],
  ])("is wrong at its place: %j", (text, line, column) => {
    const verdict = judgeManifest(text, facts);
    expect(verdict.kind === "faulty" && verdict.faults[0]).toMatchObject({ line, column });
  });

  it("is told to be no object when it is another value", () => {
    expect(judgeManifest("[]", facts)).toMatchObject({ kind: "faulty" });
  });
});

it("takes a right manifest and fills in what it leaves out", () => {
  const text = '{"alias":"a","version":"1.0.0","engagements":[{"id":"x","event":"e","handler":"onEdit"}]}';
  expect(judgeManifest(text, facts)).toMatchObject({ kind: "valid", manifest: { idleTimeout: 120 } });
  expect(judgeManifest(text.replace("onEdit", "onSave"), { ...facts, exports: null }).kind).toBe("valid");
});
