import { globSync } from "node:fs";
import fc from "fast-check";
import { createLoader, type ParserMap } from "nuqs/server";
import { expect, it } from "vitest";
import { nastyText } from "../server/testing/arbitrary-input.ts";

const files = globSync("**/search-params.ts", { cwd: import.meta.dirname });

it("finds the pages' parameters", () => {
  expect(files.length).toBeGreaterThan(3);
});

it.each(files)("%s reads whatever stands in an address", async (file) => {
  const module: Record<string, unknown> = await import(/* @vite-ignore */ `./${file}`);
  const maps = Object.values(module).filter(isParserMap);
  expect(maps.length).toBeGreaterThan(0);
  for (const parsers of maps) {
    const load = createLoader(parsers);
    const search = fc.dictionary(fc.constantFrom(...Object.keys(parsers)), nastyText);
    fc.assert(
      fc.property(search, (given) => {
        const read = load(new URLSearchParams(given));
        for (const [name, parser] of Object.entries(parsers)) {
          expect(Object.keys(read)).toContain(name);
          const text = given[name];
          // The parser itself: what it cannot read is null, and what it reads it can write.
          if (text !== undefined) expect(() => rewritten(parser, text)).not.toThrow();
        }
      }),
      { numRuns: 300 },
    );
  }
});

type Parser = { parse(text: string): unknown; serialize?(value: never): string };

function rewritten(parser: unknown, text: string): void {
  if (!isParser(parser)) return;
  const value = parser.parse(text);
  if (value !== null && value !== undefined) parser.serialize?.(value as never);
}

function isParserMap(value: unknown): value is ParserMap {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const parsers = Object.values(value);
  return parsers.length > 0 && parsers.every(isParser);
}

function isParser(value: unknown): value is Parser {
  return typeof value === "object" && value !== null && "parse" in value && typeof value.parse === "function";
}
