import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asyncApiDocument } from "./asyncapi.ts";
import { contractFiles } from "./contract-files.ts";

describe("published contracts", () => {
  it.each([...contractFiles()])("%s says what the code validates (npm run docs:contracts)", (path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  it("leads every operation to a channel, and every channel to a message", () => {
    const { channels, operations, components } = asyncApiDocument("0") as Record<
      string,
      Record<string, object>
    >;
    const text = JSON.stringify({ channels, operations });
    for (const [, kind = "", name = ""] of text.matchAll(/"#\/(channels|components\/messages)\/([^"]+)"/g)) {
      const holder = kind === "channels" ? channels : (components?.messages as Record<string, object>);
      expect(Object.keys(holder ?? {})).toContain(name);
    }
  });
});
