import type { z } from "zod";

/**
 * An output schema for answers that many callers share: the same object is checked when it is first sent, and what the
 * check made of it is sent again. Only for answers that nobody changes afterwards.
 */
export function checkedOnce<Schema extends z.ZodObject>(schema: Schema): Schema {
  const checked = new WeakMap<object, Promise<z.output<Schema>>>();
  const parseAsync = (value: unknown) => {
    if (typeof value !== "object" || value === null) return schema.parseAsync(value);
    const known = checked.get(value) ?? schema.parseAsync(value);
    checked.set(value, known);
    return known;
  };
  // Everything else (its shape, its JSON schema) is the schema's own.
  return Object.create(schema, { parseAsync: { value: parseAsync } });
}
