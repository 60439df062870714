/** What people copy along: quotes of every kind, brackets, list marks, trailing punctuation. */
const leading = /^(?:[\s"'`“”„‘’«»<>()[\]{},;=:]|[-–—*•]\s)+/;
const trailing = /[\s"'`“”„‘’«»<>()[\]{},;*.:!?\\]+$/;
const invisible = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;

/** A text without what stands around it. Trailing dots go too: ids do not end in one. */
export function unwrapPasted(pasted: string): string {
  return pasted
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(/\\[nrt]/g, " ")
    .replace(leading, "")
    .replace(trailing, "");
}

/** An id that was broken over lines or set in groups. */
export function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Words of a sentence or a log line, as far as an id may be one: `key="0x…",` gives `key` and `0x…`. */
export function tokensOf(text: string): string[] {
  return text
    .split(/[\s"'`“”‘’<>()[\]{},;=|]+/)
    .map(unwrapPasted)
    .filter((token) => token !== "");
}
