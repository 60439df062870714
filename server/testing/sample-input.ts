import fc from "fast-check";
import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

type Extent = "required fields" | "all fields";

/** An input that these parsers accept, made from their schemas: as small as they allow. Undefined when they take none. */
export function sampleInput(parsers: readonly unknown[]): unknown {
  const schemas = parsers.filter((parser) => parser instanceof z.ZodType);
  const small = sampleFor(schemas, "required fields");
  return isAccepted(schemas, small) ? small : sampleFor(schemas, "all fields");
}

function isAccepted(schemas: readonly z.ZodType[], sample: unknown): boolean {
  return schemas.every((schema) => schema.safeParse(sample).success);
}

function sampleFor(schemas: readonly z.ZodType[], extent: Extent): unknown {
  const samples = schemas.map((schema) =>
    sampleOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }), extent),
  );
  if (samples.length === 0) return undefined;
  return samples.every(isRecord) ? Object.assign({}, ...samples) : samples[0];
}

function sampleOf(schema: JsonSchema, extent: Extent): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const [member] = (schema.anyOf ?? schema.oneOf ?? []).filter(isSchema);
  if (member) return sampleOf(member, extent);
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.filter(isSchema).map((part) => sampleOf(part, extent)));
  switch ([schema.type].flat()[0]) {
    case "object":
      return sampleFields(schema, extent);
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schemaOr(schema.items), extent));
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

function sampleFields(schema: JsonSchema, extent: Extent): object {
  const fields = Object.entries(schema.properties ?? {});
  const wanted = fields.filter(([name]) => extent === "all fields" || schema.required?.includes(name));
  // A record: one of its entries.
  if (extent === "all fields" && isSchema(schema.propertyNames) && isSchema(schema.additionalProperties))
    wanted.push([String(sampleOf(schema.propertyNames, extent)), schema.additionalProperties]);
  return Object.fromEntries(wanted.map(([name, field]) => [name, sampleOf(schemaOr(field), extent)]));
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
