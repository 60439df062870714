/** A question of the HTTP API: docs/openapi.yaml has its path, the query is what the page asks. */
export type ApiCall = { path: string; query: Readonly<Record<string, string>> };

/** A procedure that reads, as docs/openapi.yaml has it: `GET /api/trpc/{procedure}?input=…`. */
export function procedureCall(procedure: string, input: object): ApiCall {
  return { path: `/api/trpc/${procedure}`, query: { input: JSON.stringify(input) } };
}

export function exportCall(source: string, format: string, query: ApiCall["query"]): ApiCall {
  return { path: `/api/exports/${source}.${format}`, query };
}

/** A command for a shell; the token comes from the environment, so that it stays out of the shell's history. */
export function curlOf(origin: string, { path, query }: ApiCall): string {
  const fields = Object.entries(query).map(
    ([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`,
  );
  return [`curl -sSG ${quoted(origin + path)}`, '-H "authorization: Bearer $CERE_TOKEN"', ...fields].join(
    " \\\n  ",
  );
}

/**
 * One line a row; what lies deeper has its path as its column ("rate.opsPerSecond"), lists are JSON, missing is empty.
 * RFC 4180; cells that a spreadsheet would run as a formula are quoted, as in exported files.
 */
export function csvOf(rows: readonly object[]): string {
  const flat = rows.map((row) => new Map(cellsOf(row, "")));
  const columns = [...new Set(flat.flatMap((cells) => [...cells.keys()]))];
  const lines = flat.map((cells) => columns.map((column) => csvCell(cells.get(column) ?? "")).join(","));
  return `${[columns.map(csvCell).join(","), ...lines].join("\r\n")}\r\n`;
}

export function jsonOf(rows: readonly object[]): string {
  return JSON.stringify(rows, null, 2);
}

function cellsOf(value: object, path: string): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, string][] => {
    const column = path + name;
    if (inner === null || inner === undefined) return [[column, ""]];
    if (Array.isArray(inner)) return [[column, JSON.stringify(inner)]];
    return typeof inner === "object" ? cellsOf(inner, `${column}.`) : [[column, textOf(inner)]];
  });
}

/** Only text can be a formula: -5 is a number. */
function textOf(value: unknown): string {
  const text = String(value);
  return typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Nothing inside is special to a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
