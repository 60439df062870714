/** Is U+0000 in any text of an input, its keys included? PostgreSQL has no place for it, so no text here can hold it. */
export function holdsNul(input: unknown): boolean {
  if (typeof input === "string") return input.includes("\u0000");
  if (Array.isArray(input)) return input.some(holdsNul);
  if (typeof input !== "object" || input === null) return false;
  return Object.entries(input).some(([key, value]) => holdsNul(key) || holdsNul(value));
}
