import { z } from "zod";
import { mapInSlices } from "../kernel/map-in-slices.ts";

/**
 * An output schema for answers that many callers share: the same object is checked when it is first sent, and what the
 * check made of it is sent again. Only for answers that nobody changes afterwards. A thousand `rows` are checked with pauses,
 * in which others are answered.
 */
export function checkedOnce<Schema extends z.ZodObject>(schema: Schema): Schema {
  const checked = new WeakMap<object, Promise<z.output<Schema>>>();
  const parseAsync = (value: unknown) => {
    if (typeof value !== "object" || value === null) return schema.parseAsync(value);
    const known = checked.get(value) ?? check(schema, value);
    checked.set(value, known);
    return known;
  };
  // Everything else (its shape, its JSON schema) is the schema's own.
  return Object.create(schema, { parseAsync: { value: parseAsync } });
}

async function check<Schema extends z.ZodObject>(schema: Schema, value: object): Promise<z.output<Schema>> {
  const of = schema.shape.rows;
  if (!(of instanceof z.ZodArray) || !("rows" in value) || !Array.isArray(value.rows))
    return schema.parseAsync(value);
  const results = await mapInSlices(value.rows, (row) => z.safeParse(of.element, row));
  // The whole says best where in it something is wrong.
  if (results.some(({ success }) => !success)) return schema.parseAsync(value);
  const rest = await schema.parseAsync({ ...value, rows: [] });
  return { ...rest, rows: results.map(({ data }) => data) };
}
