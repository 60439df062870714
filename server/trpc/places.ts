import { z } from "zod";

/** The inputs that say where an action takes effect; at the top of an input, under exactly these names. */
export const placeNames = ["network", "environment"] as const;
export type PlaceName = (typeof placeNames)[number];

/** Which places an input names, and which of them it cannot leave out. */
export type Places = { named: readonly PlaceName[]; required: readonly PlaceName[] };

/** What the parsers of one procedure say about places; a parser that is no zod schema names none. */
export function placesOf(parsers: readonly unknown[]): Places {
  const shapes = parsers.filter(isZodType).map((parser) => toJsonSchema(parser));
  return {
    named: placeNames.filter((name) => shapes.some((shape) => hasKey(shape, "properties", name))),
    required: placeNames.filter((name) => shapes.some((shape) => hasKey(shape, "required", name))),
  };
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function toJsonSchema(parser: z.ZodType): JsonSchema {
  return z.toJSONSchema(parser, { io: "input", unrepresentable: "any", cycles: "ref", reused: "inline" });
}

/** A union names a place only when each of its members does. */
function hasKey(shape: JsonSchema, part: "properties" | "required", name: PlaceName): boolean {
  const keys = part === "required" ? (shape.required ?? []) : Object.keys(shape.properties ?? {});
  if (keys.includes(name)) return true;
  const members = shape.anyOf ?? shape.oneOf ?? [];
  if (members.length > 0) return members.filter(isSchema).every((member) => hasKey(member, part, name));
  return (shape.allOf ?? []).filter(isSchema).some((member) => hasKey(member, part, name));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null;
}

function isZodType(value: unknown): value is z.ZodType {
  return value instanceof z.ZodType;
}
