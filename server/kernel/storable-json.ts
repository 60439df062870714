/** Escapes of what PostgreSQL's text cannot hold: U+0000, and halves of a character (somebody cut a text there). */
const unstorable = /\\u(0000|d[89a-f])/i;

/** JSON from outside, every text in it as PostgreSQL can keep it. Throws what `JSON.parse` throws. */
export function parseStorableJson(text: string): unknown {
  return JSON.parse(text, unstorable.test(text) ? toStorable : undefined);
}

function toStorable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "\uFFFD") : value;
}
