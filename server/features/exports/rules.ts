export const exportFormats = ["csv", "json"] as const;
type Format = (typeof exportFormats)[number];

const contentTypes: Record<Format, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

export function contentTypeOf(format: Format): string {
  return contentTypes[format];
}

/** "nodes-mainnet", csv → "nodes-mainnet-20261127T031500Z.csv" */
export function stampedName(fileName: string, ending: string, at: Date): string {
  return `${fileName}-${at.toISOString().replace(/[-:]|\.\d+/g, "")}.${ending}`;
}
