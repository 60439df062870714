import { gzipSync } from "node:zlib";
import { consolePages } from "./console-pages.ts";
import { expect, test } from "./console-test.ts";

const budgetBytes = 170 * 1024;

/** What the document itself asks for. Parts that join in later (charts, palette, popups) are not in it. */
test("no route's document asks for more than 170 KB of gzipped JavaScript", async ({ page, baseURL }) => {
  const sizes = new Map<string, number>();
  for (const path of ["/sign-in", ...consolePages.map((known) => known.path)]) {
    const html = await (await page.request.get(path)).text();
    const scripts = new Set(
      [...html.matchAll(/<script(?![^>]*nomodule)[^>]*\ssrc="([^"]+\.js[^"]*)"/gi)].map(
        ([, src = ""]) => src,
      ),
    );
    expect(scripts.size, path).toBeGreaterThan(0);
    let bytes = 0;
    for (const src of scripts) {
      const script = await page.request.get(new URL(src, baseURL).href);
      bytes += gzipSync(await script.body()).length;
    }
    sizes.set(path, bytes);
  }
  for (const [path, bytes] of sizes) expect(bytes, path).toBeLessThanOrEqual(budgetBytes);
});
