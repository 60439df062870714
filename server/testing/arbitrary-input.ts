import fc from "fast-check";
import { z } from "zod";
import { encodeCursor } from "../kernel/paging.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What breaks things: text that databases, parsers and clocks stumble over. */
export const nastyText = fc.oneof(
  fc.constantFrom(
    "",
    "\0",
    "a\0b",
    "\ud800",
    "%",
    "\\",
    "'; DROP TABLE setting; --",
    "../../etc/passwd",
    "__proto__",
    "constructor",
    "NaN",
    "-1",
    "1e999",
    "9".repeat(30),
    "now-99999999999d",
    "now+1",
    "0000-00-00T00:00:00Z",
    "275760-09-13T00:00:00.000Z",
    "-271821-04-20T00:00:00.000Z",
    "2026-02-30T25:61:61Z",
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  // Page links that say something else than a page link says.
  fc.array(fc.oneof(fc.string(), fc.double(), fc.constant(null)), { maxLength: 4 }).map(encodeCursor),
);

/** Inputs that a procedure nearly or really takes, and some that have nothing to do with it. */
export function arbitraryInput(parsers: readonly unknown[]): fc.Arbitrary<unknown> {
  const schemas = parsers
    .filter((parser) => parser instanceof z.ZodType)
    .map((parser) =>
      arbitraryOf(z.toJSONSchema(parser, { io: "input", unrepresentable: "any", reused: "inline" }), 0),
    );
  if (schemas.length === 0) return fc.constant(undefined);
  const near = fc
    .tuple(...schemas)
    .map((parts) => (parts.every(isRecord) ? Object.assign({}, ...parts) : parts[0]));
  return fc.oneof({ arbitrary: near, weight: 8 }, { arbitrary: garbage, weight: 1 });
}

const garbage: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue({ maxDepth: 3 }), nastyText);
const deepest = 6;

/** Mostly what the schema says; now and then something else in its place. */
function arbitraryOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth > deepest) return fc.constant(null);
  return fc.oneof({ arbitrary: fittingOf(schema, depth), weight: 12 }, { arbitrary: garbage, weight: 1 });
}

function fittingOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const members = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(isRecord);
  if (members.length > 0) return fc.oneof(...members.map((member) => arbitraryOf(member, depth + 1)));
  if (schema.allOf) {
    const parts = schema.allOf.filter(isRecord).map((part) => arbitraryOf(part, depth + 1));
    return fc.tuple(...parts).map((values) => Object.assign({}, ...values.filter(isRecord)));
  }
  switch ([schema.type].flat()[0]) {
    case "object":
      return objectOf(schema, depth);
    case "array":
      return fc.array(arbitraryOf(schemaOr(schema.items), depth + 1), { maxLength: 4 });
    case "string":
      return textOf(schema);
    case "integer":
      return integerOf(schema);
    case "number":
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), integerOf(schema));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return garbage;
  }
}

function objectOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [
      name,
      arbitraryOf(schemaOr(field), depth + 1),
    ]),
  );
  const requiredKeys = (schema.required ?? []).filter((name) => name in fields);
  const known = fc.oneof(
    { arbitrary: fc.record(fields, { requiredKeys }), weight: 10 },
    { arbitrary: fc.record(fields, { requiredKeys: [] }), weight: 1 },
  );
  if (!isRecord(schema.additionalProperties)) return known;
  const more = fc.dictionary(nastyText, arbitraryOf(schema.additionalProperties, depth + 1), { maxKeys: 3 });
  return fc.tuple(known, more).map(([own, others]) => ({ ...others, ...own }));
}

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.emailAddress(),
  uuid: fc.uuid(),
  "date-time": fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  date: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  uri: fc.webUrl(),
};

function textOf({ format, pattern, maxLength = 60 }: JsonSchema): fc.Arbitrary<string> {
  const plain = fc.oneof(nastyText, fc.string({ maxLength: Math.min(maxLength + 1, 300) }));
  const known = formats[format ?? ""] ?? (pattern ? patternOf(pattern) : plain);
  return fc.oneof({ arbitrary: known, weight: 4 }, { arbitrary: nastyText, weight: 1 });
}

/** Some patterns have what cannot be generated from (look-aheads): then any text. */
function patternOf(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return nastyText;
  }
}

function integerOf({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const [low, high] = [minimum ?? Number.MIN_SAFE_INTEGER, maximum ?? Number.MAX_SAFE_INTEGER];
  // A bound of any number may lie between two integers.
  const smallest = Math.ceil(Math.max(low, -1_000));
  return fc.oneof(
    fc.integer({ min: smallest, max: Math.max(smallest, Math.floor(Math.min(high, 1_000))) }),
    fc.maxSafeInteger(),
    fc.constantFrom(low, high),
  );
}

function schemaOr(value: unknown): JsonSchema {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
