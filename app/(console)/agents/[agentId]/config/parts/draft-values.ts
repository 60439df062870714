import type { ConfigView, Settings } from "../../../../../../server/features/agent-config/schema.ts";

export type Field = ConfigView["fields"][number]["field"];
export type Value = Settings[string];
/** What was typed or chosen; a number is text until it can be read. Null = back to the manifest's default. */
export type Edit = string | boolean | readonly string[] | null;
export type Edits = Readonly<Record<string, Edit>>;

const numeral = /^-?\d{1,15}(\.\d{1,15})?$/;

/** The value that an edit means. What is no number stays text, and is judged as that; an empty number is none. */
export function meaningOf(field: Field, edit: Exclude<Edit, null>): Value | null {
  if (typeof edit !== "string") return typeof edit === "boolean" ? edit : [...edit];
  if (field.type !== "integer" && field.type !== "number") return edit;
  const text = edit.trim();
  if (text === "") return null;
  return numeral.test(text) ? Number(text) : edit;
}

/** All that would be set: what is, with the edits in it. */
export function draftSettings(
  { settings, fields }: Pick<ConfigView, "settings" | "fields">,
  edits: Edits,
): Settings {
  const changed = Object.entries(edits).map(([name, edit]) => {
    const field = fields.find((one) => one.name === name)?.field;
    return [name, field && edit !== null ? meaningOf(field, edit) : null] as const;
  });
  const all = Object.entries({ ...settings, ...Object.fromEntries(changed) });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The edit without effect is none: what is typed back to what it was leaves no trace in the draft. */
export function withEdit(
  config: Pick<ConfigView, "settings" | "fields">,
  edits: Edits,
  { name, edit }: { name: string; edit: Edit },
): Edits {
  const { [name]: _, ...others } = edits;
  const field = config.fields.find((one) => one.name === name)?.field;
  const value = field && edit !== null ? meaningOf(field, edit) : null;
  const known = config.settings[name] ?? null;
  const isSame = same(value, known) || (known === null && field !== undefined && same(value, field.default));
  return isSame ? others : { ...edits, [name]: edit };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** "integer, 1 to 16", "one of plain, formal": what a field takes. */
export function kindOf(field: Field): string {
  switch (field.type) {
    case "string":
      return field.enum
        ? `one of ${field.enum.join(", ")}`
        : field.maxLength === undefined
          ? "text"
          : `text, up to ${field.maxLength}`;
    case "set":
      return `any of ${field.enum.join(", ")}`;
    case "boolean":
      return "on or off";
    case "integer":
    case "number":
      return [field.type, field.unit, boundsOf(field)].filter(Boolean).join(", ");
  }
}

function boundsOf({
  minimum,
  maximum,
}: {
  minimum?: number | undefined;
  maximum?: number | undefined;
}): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? "" : `at most ${maximum}`;
}

/** A value in a table or a sentence. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return value === "" ? "empty" : String(value);
}
