import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "./parse-markdown.ts";

const text = (words: string) => [{ kind: "text", text: words }];

describe("the Markdown of the guide", () => {
  it("has headings, paragraphs, lists, code and tables", () => {
    const source =
      "# One\n\nTwo\nthree\n\n- a\n- b\n  c\n\n```\nx  y\n```\n\n| h | i |\n|---|---|\n| 1 | 2 |\n";
    expect(parseMarkdown(source)).toEqual([
      { kind: "heading", level: 1, text: text("One") },
      { kind: "paragraph", text: text("Two three") },
      { kind: "list", items: [text("a"), text("b c")] },
      { kind: "code", text: "x  y" },
      { kind: "table", head: [text("h"), text("i")], rows: [[text("1"), text("2")]] },
    ]);
  });

  it("marks code, strong words and links inside of a line", () => {
    expect(parseMarkdown("a `b` **c** [d](/e)")).toEqual([
      {
        kind: "paragraph",
        text: [
          { kind: "text", text: "a " },
          { kind: "code", text: "b" },
          { kind: "text", text: " " },
          { kind: "strong", text: "c" },
          { kind: "text", text: " " },
          { kind: "link", text: "d", href: "/e" },
        ],
      },
    ]);
  });

  it("makes no link of a script", () => {
    expect(parseMarkdown("[x](javascript:alert)")).toEqual([{ kind: "paragraph", text: text("x") }]);
  });

  it("comes to an end with whatever it is given", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (source) => void parseMarkdown(source)));
  });
});
