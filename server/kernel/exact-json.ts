/** A number as it was written, where JavaScript would write it another way. `JSON.stringify` gives the same digits back. */
type RawJson = { readonly rawJSON: string };
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

// In every engine that we run on, not yet in TypeScript's library.
const json = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown;
  rawJSON(text: string): RawJson;
};

/**
 * JSON.parse without loss: a number that a double cannot hold as it was written (beyond 2^53, "1.0") comes as an object
 * that is written back digit by digit. Throws SyntaxError.
 */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  );
}
