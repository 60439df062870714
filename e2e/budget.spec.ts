import { gzipSync } from "node:zlib";
import { expect, test } from "./console-test.ts";

const budgetBytes = 170 * 1024;

test("no route loads more than 170 KB of gzipped JavaScript first", async ({
  consolePage: page,
  baseURL,
}) => {
  await page.goto("/mainnet/nodes");
  const node = await page.getByRole("row").nth(1).getByRole("link").first().getAttribute("href");
  const routes = [
    "/sign-in",
    "/mainnet",
    "/mainnet/nodes",
    node ?? "",
    "/mainnet/clusters",
    "/settings/account",
  ];
  const sizes: Record<string, number> = {};
  for (const route of routes) {
    const html = await (await page.request.get(route)).text();
    // What the document itself asks for; what is loaded when shown comes later.
    const scripts = new Set(
      [...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"/g)].map(([, src]) => src ?? ""),
    );
    let bytes = 0;
    for (const src of scripts) {
      if (html.includes(`noModule="" src="${src}"`)) continue;
      bytes += gzipSync(await (await page.request.get(new URL(src, baseURL).href)).body()).length;
    }
    sizes[route] = bytes;
  }
  for (const [route, bytes] of Object.entries(sizes)) expect(bytes, route).toBeLessThanOrEqual(budgetBytes);
});
