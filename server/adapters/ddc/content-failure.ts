import type { ContentFailure } from "../../ports/content-store.ts";

export function contentFailed(why: ContentFailure["why"], detail: string): ContentFailure {
  return { kind: "failed", why, detail };
}

/** What a broken connection or a name that does not resolve is called. Never carries what was sent. */
export function explainBreak(error: unknown): ContentFailure {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (/^(ENOTFOUND|ENODATA|ESERVFAIL|EAI_|EREFUSED|EBADNAME|ECANCELLED)/.test(code))
    return contentFailed("refused", `Its host name does not resolve (${code}).`);
  if (code === "ECONNREFUSED") return contentFailed("refused", "It refuses connections.");
  if (code === "ETIMEDOUT" || code === "ETIMEOUT")
    return contentFailed("timeout", "It did not answer in time.");
  if (/^HPE_/.test(code)) return contentFailed("protocol", `It does not speak HTTP (${code}).`);
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY|EPROTO/.test(code))
    return contentFailed("protocol", `Its TLS cannot be trusted (${code}).`);
  return contentFailed("broken_off", `The connection broke (${code || "no reason given"}).`);
}
