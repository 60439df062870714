import type { ServerResponse } from "node:http";

const twoYearsSeconds = 63_072_000;

export function setSecurityHeaders(response: ServerResponse, isHttps: boolean): void {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()");
  response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  if (isHttps)
    response.setHeader("strict-transport-security", `max-age=${twoYearsSeconds}; includeSubDomains`);
}

export type PagePolicyOptions = {
  isDevelopment: boolean;
  /** Grafana's hosts: shown in frames, and asked to take a ticket. */
  frameOrigins: readonly string[];
};

/**
 * For pages. Scripts run only with this request's nonce (Next puts it on its own) or when such a script loads them.
 * WebAssembly is needed for hashing in the browser. Style *attributes* are open because React, Recharts and the virtual
 * tables place things by `style`; they can carry no script. Development needs eval and style elements for hot reload.
 */
export function pageSecurityPolicy(
  nonce: string,
  { isDevelopment, frameOrigins }: PagePolicyOptions,
): string {
  const frames = frameOrigins.join(" ");
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${frames}`.trim(),
    `frame-src 'self' ${frames}`.trim(),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
