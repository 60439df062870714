/** Any base does: only the path is kept. */
const here = "http://console.invalid";

/**
 * Where to go after signing in: a path of this console and nothing else, so that a link to the sign-in page cannot lead
 * people elsewhere. What is no such path, and the sign-in page itself, become the start page.
 */
export function returnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, here)) return "/";
  const url = new URL(wanted, here);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "//elsewhere" and "/\elsewhere" are addresses of other hosts; a dot segment can make them out of harmless paths.
  const isOurs = url.origin === here && !/^\/[/\\]/.test(path);
  return isOurs && !/^\/(sign-in|api)(\/|$)/.test(url.pathname) ? path : "/";
}

/** The address of the sign-in page that leads back to where somebody was. */
export function signInHref(from: string, why?: "ended"): string {
  const target = returnPath(from);
  const params = new URLSearchParams({
    ...(target === "/" ? {} : { next: target }),
    ...(why ? { why } : {}),
  });
  return params.size === 0 ? "/sign-in" : `/sign-in?${params}`;
}
