import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Route } from "./exchange.ts";
import { withOwnLooks } from "./page-looks.ts";
import { type PagePolicyOptions, pageSecurityPolicy } from "./security-headers.ts";

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Everything that is no endpoint goes to Next, with a nonce that is new for every request. */
export function pageRoute(handle: PageHandler, options: PagePolicyOptions): Route {
  return {
    path: "/",
    maxBodyBytes: 1_000_000,
    handle: ({ request, response, url }) => {
      const policy = pageSecurityPolicy(randomBytes(16).toString("base64"), options);
      // Next takes the nonce for its own scripts out of the request's copy of the policy.
      request.headers["content-security-policy"] = policy;
      // A layout is not told where it is; the way back after signing in needs it.
      request.headers["x-console-path"] = `${url.pathname}${url.search}`;
      response.setHeader("content-security-policy", policy);
      return withOwnLooks(() => handle(request, response));
    },
  };
}
