import { formatNumber } from "../../_ui/format/number.ts";
import type { MenuItem } from "../../_ui/menu.tsx";
import { notify } from "../../_ui/notify.ts";
import { type ApiCall, csvOf, curlOf, jsonOf } from "./copy-text.ts";

export type Copied = {
  /** What is loaded, as the API gives it; null where rows are not what the page shows. */
  rows: readonly object[] | null;
  /** What asks the server for the same. */
  call: ApiCall;
  /** What reads the same from the database that the list is made of; lists that no database holds have none. */
  sql?: { text: string; where: string } | undefined;
};

/** The part of a list's menu that copies: what is shown, and how to have it again elsewhere. */
export function copyItems({ rows, call, sql }: Copied): MenuItem[] {
  const asSql: MenuItem[] = sql
    ? [{ kind: "action", label: "Copy as SQL", onSelect: () => void copy("SQL", sql.text, sql.where) }]
    : [];
  return [...(rows ? rowItems(rows) : []), curlItem(call), ...asSql];
}

function rowItems(rows: readonly object[]): MenuItem[] {
  const refused = rows.length === 0 ? "Nothing is shown" : null;
  const shown = rows.length === 1 ? "the row shown" : `the ${formatNumber(rows.length)} rows shown`;
  return [
    { kind: "heading", label: `To copy: ${shown}, and what asks for them` },
    { kind: "action", label: "Copy as CSV", refused, onSelect: () => void copy("CSV", csvOf(rows)) },
    { kind: "action", label: "Copy as JSON", refused, onSelect: () => void copy("JSON", jsonOf(rows)) },
  ];
}

function curlItem(call: ApiCall): MenuItem {
  const hint = "CERE_TOKEN is an API token with the scope read.";
  return {
    kind: "action",
    label: "Copy as curl",
    onSelect: () => void copy("curl", curlOf(window.location.origin, call), hint),
  };
}

async function copy(form: string, text: string, detail?: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify({ tone: "ok", title: `Copied as ${form}`, ...(detail !== undefined && { detail }) });
  } catch {
    notify({ tone: "warn", title: "The browser refused to copy", detail: text.slice(0, 500) });
  }
}
