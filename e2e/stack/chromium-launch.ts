import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

const systemBrowsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Chromium's own services are of no use here and only fail on a closed network.
const quietArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** $CHROMIUM, else the system's, else the one that comes as a package. */
export async function chromiumLaunch(): Promise<LaunchOptions> {
  const found = [process.env.CHROMIUM, ...systemBrowsers].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found) return { executablePath: found, args: quietArgs };
  const { default: chromium } = await import("@sparticuz/chromium");
  // Not the arguments that it recommends: they are for functions in a cloud, put everything into one process, which
  // breaks when a tab closes, and switch off the browser's own security, which journeys rely on.
  return { executablePath: await chromium.executablePath(), args: quietArgs };
}
