/** The part of Markdown that the guide uses; anything else stays text. */
export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; text: Inline[] }
  | { kind: "paragraph"; text: Inline[] }
  | { kind: "list"; items: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "link"; text: string; href: string };

/** Blocks are told apart by empty lines and by how they begin. */
export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  for (let at = 0; at < lines.length; ) {
    const taken = takeBlock(lines, at);
    if (taken.block) blocks.push(taken.block);
    at = taken.next;
  }
  return blocks;
}

type Taken = { block: Block | null; next: number };

function takeBlock(lines: readonly string[], at: number): Taken {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { block: null, next: at + 1 };
  const [, marks = "", title = ""] = /^(#{1,3}) (.+)$/.exec(line) ?? [];
  if (marks !== "") {
    const level = marks.length === 1 ? 1 : marks.length === 2 ? 2 : 3;
    return { block: { kind: "heading", level, text: parseInline(title) }, next: at + 1 };
  }
  if (line.startsWith("```")) return takeCode(lines, at);
  const end = endOf(lines, at);
  const own = lines.slice(at, end);
  if (line.startsWith("- ")) return { block: { kind: "list", items: itemsOf(own) }, next: end };
  if (line.startsWith("|")) return { block: tableOf(own), next: end };
  return { block: { kind: "paragraph", text: parseInline(own.join(" ")) }, next: end };
}

function takeCode(lines: readonly string[], at: number): Taken {
  const close = lines.indexOf("```", at + 1);
  const end = close === -1 ? lines.length : close;
  return { block: { kind: "code", text: lines.slice(at + 1, end).join("\n") }, next: end + 1 };
}

function endOf(lines: readonly string[], at: number): number {
  const found = lines.findIndex(
    (line, index) => index > at && (line.trim() === "" || /^(#{1,3} |```)/.test(line)),
  );
  return found === -1 ? lines.length : found;
}

/** A line that does not begin an item goes on with the one before. */
function itemsOf(lines: readonly string[]): Inline[][] {
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith("- ")) items.push(line.slice(2));
    else items[items.length - 1] = `${items.at(-1) ?? ""} ${line.trim()}`;
  }
  return items.map(parseInline);
}

function tableOf(lines: readonly string[]): Block {
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .replace(/^\||\|\s*$/g, "")
      .split("|")
      .map((cell) => parseInline(cell.trim())),
  );
  return { kind: "table", head, rows };
}

const marked = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(marked)) {
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push(markedPart(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function markedPart([, code, strong, label = "", href = ""]: RegExpMatchArray): Inline {
  if (code !== undefined) return { kind: "code", text: code };
  if (strong !== undefined) return { kind: "strong", text: strong };
  // Only pages and plain addresses: never a script.
  return /^(\/|#|https?:\/\/|[a-z0-9-]+$)/.test(href)
    ? { kind: "link", text: label, href }
    : { kind: "text", text: label };
}
