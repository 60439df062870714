import fc from "fast-check";
import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** An input that these parsers accept, made from their schemas; undefined when they take none. */
export function sampleInput(parsers: readonly unknown[]): unknown {
  const samples = parsers
    .filter((parser) => parser instanceof z.ZodType)
    .map((parser) =>
      sampleOf(z.toJSONSchema(parser, { io: "input", unrepresentable: "any", reused: "inline" })),
    );
  if (samples.length === 0) return undefined;
  return samples.every(isRecord) ? Object.assign({}, ...samples) : samples[0];
}

function sampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const [member] = (schema.anyOf ?? schema.oneOf ?? []).filter(isSchema);
  if (member) return sampleOf(member);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.filter(isSchema).map((part) => sampleOf(part)));
  switch (schema.type) {
    case "object":
      return sampleFields(schema);
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schemaOr(schema.items)));
    case "string":
      return sampleText(schema);
    case "integer":
    case "number":
      return Math.max(1, schema.minimum ?? 1);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return "sample";
  }
}

function sampleFields(schema: JsonSchema): object {
  const required = Object.entries(schema.properties ?? {}).filter(([name]) =>
    schema.required?.includes(name),
  );
  return Object.fromEntries(required.map(([name, field]) => [name, sampleOf(schemaOr(field))]));
}

const formats: Readonly<Record<string, string>> = {
  email: "somebody@test.local",
  "date-time": "2026-11-23T12:00:00.000Z",
  date: "2026-11-23",
  uri: "https://test.local/",
  uuid: "00000000-0000-4000-8000-000000000000",
};

function sampleText({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema): string {
  const known = formats[format ?? ""];
  if (known) return known;
  const filler = "sample".repeat(30).slice(0, Math.min(Math.max(minLength, 6), maxLength));
  if (!pattern || new RegExp(pattern).test(filler)) return filler;
  const [text] = fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 1 });
  return text ?? filler;
}

function schemaOr(value: unknown): JsonSchema {
  return isSchema(value) ? value : {};
}

function isSchema(value: unknown): value is JsonSchema {
  return isRecord(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
