/** Rows of comma-separated text (RFC 4180); a cut last line is left out. At most `limit` rows. */
export function parseCsv(text: string, limit: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length && rows.length < limit; at++) {
    const letter = text.charAt(at);
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (letter === ",") {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") {
      row.push(cell.endsWith("\r") ? cell.slice(0, -1) : cell);
      rows.push(row);
      row = [];
      cell = "";
    } else cell += letter;
  }
  return rows;
}

/** Two rows or more with the same number of cells, more than one: a table, not prose with commas. */
export function looksLikeCsv(text: string): boolean {
  const rows = parseCsv(text, 20);
  const cells = rows[0]?.length ?? 0;
  return rows.length > 1 && cells > 1 && rows.every((row) => row.length === cells);
}
