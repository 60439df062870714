import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

/** What stands in a frame that cannot show a panel; it tells the console's page, which then draws its own chart. */
export function awayPage(response: ServerResponse, { home, reason }: { home: string; reason: string }): void {
  const nonce = randomBytes(16).toString("base64");
  const message = JSON.stringify({ kind: "grafana:away", reason }).replaceAll("<", "\\u003c");
  response.statusCode = 502;
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; script-src 'nonce-${nonce}'; frame-ancestors ${home}`,
  );
  response.end(
    `<!doctype html><title>Grafana is away</title><script nonce="${nonce}">parent.postMessage(${message}, ${JSON.stringify(home)})</script>`,
  );
}
