import type { JudgeSetInput } from "../../../../../../server/features/deployments/schema.ts";
import { jsonPointer } from "../../../../../../server/kernel/json-pointer.ts";

/** A draft is the text that somebody edits; the form reads it and writes it. */
export type Draft = { kind: "json"; value: JudgeSetInput["records"] } | { kind: "fault"; message: string };

/** One record as far as it can be read; nothing of it has been judged. */
export type DraftRecord = Readonly<Record<string, unknown>>;

export function parseDraft(text: string): Draft {
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch (error) {
    return { kind: "fault", message: error instanceof Error ? error.message : "This is no JSON." };
  }
}

export function toText(records: readonly DraftRecord[]): string {
  return JSON.stringify(records, null, 2);
}

/** Null when it is no list of records: then only the text can be edited. */
export function recordsOf(draft: Draft): readonly DraftRecord[] | null {
  if (draft.kind !== "json" || !Array.isArray(draft.value)) return null;
  const values: readonly unknown[] = draft.value;
  return values.every(isRecord) ? values : null;
}

function isRecord(value: unknown): value is DraftRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a field shows it. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What was typed as the value it means; what is no whole number stays text, and is judged as that. */
export function numberOf(text: string): number | string {
  return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

/** A name that no record has yet. */
export function freeName(records: readonly DraftRecord[]): string {
  const taken = new Set(records.map(({ name }) => name));
  for (let number = 1; ; number++) if (!taken.has(`record-${number}`)) return `record-${number}`;
}

const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** The lines (from 1) on which the values of a JSON text start, by pointer. */
export function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const stack: { at: string | number | null }[] = [];
  let line = 1;
  let seen = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    line += text.slice(seen, index).split("\n").length - 1;
    seen = index;
    const top = stack.at(-1);
    if (token === "}" || token === "]") stack.pop();
    else if (token === ",") {
      if (top) top.at = typeof top.at === "number" ? top.at + 1 : null;
    } else if (token === ":") continue;
    else if (top?.at === null) top.at = token.slice(1, -1);
    else {
      lines.set(jsonPointer(stack.map(({ at }) => at ?? "")), line);
      if (token === "{" || token === "[") stack.push({ at: token === "[" ? 0 : null });
    }
  }
  return lines;
}

/** The line of a value, or of what holds it where the value itself is missing. */
export function lineOf(lines: ReadonlyMap<string, number>, pointer: string): number {
  const found = lines.get(pointer);
  if (found !== undefined || pointer === "") return found ?? 1;
  return lineOf(lines, pointer.slice(0, pointer.lastIndexOf("/")));
}
