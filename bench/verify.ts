import { chromium } from "@playwright/test";
import { chromiumLaunch } from "../e2e/stack/chromium-launch.ts";
import { report } from "./report.ts";
import { measureVerification } from "./verify/measure.ts";
import { startVerifyServer } from "./verify/server.ts";

/**
 * A piece of 256 MB verified in Chromium by the console's own worker, beside the same WebAssembly hashing the same bytes in
 * memory, in the same run; and how long the page takes to answer a click meanwhile. Bytes come from a server on this
 * machine that only sends them.
 */
const server = await startVerifyServer();
const browser = await chromium.launch(await chromiumLaunch());
try {
  const page = await browser.newPage();
  await page.goto(server.address);
  report("verify", await measureVerification(page, server));
} finally {
  await browser.close();
  await server.close();
}
