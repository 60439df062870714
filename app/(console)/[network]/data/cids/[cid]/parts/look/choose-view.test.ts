import { describe, expect, it } from "vitest";
import { chooseLook } from "./choose-view.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const gif = "GIF89a";

describe("what could run is never more than text or bytes", () => {
  it.each([
    ["HTML", "<!doctype html><script>alert(1)</script>"],
    ["HTML without a doctype", "\n  <script>alert(1)</script>"],
    ["SVG with a script", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ["SVG behind an XML head", '<?xml version="1.0"?><svg onload="alert(1)"/>'],
    ["HTML that is JSON at first sight", '{"a":1}<script>alert(1)</script>'],
  ])("%s", (_what, text) => {
    const { views, recognised } = chooseLook(bytes(text));
    expect(recognised.media).toBeNull();
    expect(views.every((view) => ["text", "json", "hex"].includes(view))).toBe(true);
  });

  it("a PDF is not opened", () => {
    expect(chooseLook(bytes("%PDF-1.7\n/OpenAction << /S /JavaScript >>"))).toMatchObject({ views: ["hex"] });
  });

  it("a GIF that is a script too is an image, by a fixed type that no browser runs", () => {
    const polyglot = bytes(`${gif}/*<script>*/=1;alert(1)`);
    expect(chooseLook(polyglot)).toMatchObject({
      views: ["image", "hex"],
      recognised: { media: "image/gif" },
    });
  });
});

describe("how content is shown", () => {
  it("offers a tree for JSON, a table for CSV, text for prose and bytes for the rest", () => {
    expect(chooseLook(bytes('{"id":18446744073709551615}')).views[0]).toBe("json");
    expect(chooseLook(bytes("a,b\n1,2\n")).views[0]).toBe("csv");
    expect(chooseLook(bytes("Dear reader")).views[0]).toBe("text");
    expect(chooseLook(Uint8Array.of(0, 1, 2, 3)).views).toEqual(["hex"]);
  });
});
