/** The server puts each request's policy into the request as well; Next takes the nonce of its own scripts from there. */
export function nonceOf(requestHeaders: Headers): string | undefined {
  return /'nonce-([^']+)'/.exec(requestHeaders.get("content-security-policy") ?? "")?.[1];
}
