import { z } from "zod";

/** PostgreSQL has no place for U+0000. */
const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);
/** The path of a page without network: "nodes", "settings/audit"; "" is the overview. */
const page = line(200).regex(/^[a-z0-9/_-]*$/);
const name = line(80).trim().min(1);
const query = line(4_000);
const id = z.uuid();

export const savedViewSchema = z.object({
  id,
  page: z.string(),
  name: z.string(),
  query: z.string(),
  isShared: z.boolean(),
  /** Whether the page opens with it for the person who asks; only one of their own can be. */
  isDefault: z.boolean(),
  isOwn: z.boolean(),
  ownerName: z.string(),
});
export type SavedViewRow = z.output<typeof savedViewSchema>;
export const savedViewsSchema = z.array(savedViewSchema);

export const saveViewInput = z.object({ page, name, query, isShared: z.boolean(), isDefault: z.boolean() });
export type SaveViewInput = z.output<typeof saveViewInput>;

/** Only what changes. */
export const updateViewInput = z.object({
  id,
  name: name.optional(),
  query: query.optional(),
  isShared: z.boolean().optional(),
  isDefault: z.boolean().optional(),
});
export type UpdateViewInput = z.output<typeof updateViewInput>;

export const viewInput = z.object({ id });
