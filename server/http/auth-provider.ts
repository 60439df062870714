import { beginProvider } from "../features/identity/begin-provider.ts";
import { finishProvider, type ProviderResult } from "../features/identity/finish-provider.ts";
import { providerStartInput } from "../features/identity/schema.ts";
import { isAppError, notFound, unauthenticated } from "../kernel/errors.ts";
import type { IdentityProvider } from "../ports/identity-provider.ts";
import { type Answer, type AuthSurroundings, readBody, signInCtx } from "./auth-answer.ts";
import { type Exchange, fetchHeaders } from "./exchange.ts";

export async function answerProviderStart(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const { returnTo, isLink } = await readBody(exchange.request, providerStartInput);
  const { ctx, setCookie } = signInCtx(around, exchange);
  const linkTo = isLink ? await around.sessions.findActor(fetchHeaders(exchange.request)) : null;
  if (isLink && !linkTo) throw unauthenticated();
  const address = await beginProvider(ctx, { provider: requireProvider(around), returnTo, linkTo });
  return { status: 200, body: { address: address.href }, cookies: [setCookie] };
}

/** The browser comes from another site, so whatever happens it is led on to a page of ours. */
export async function answerProviderReturn(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const provider = requireProvider(around);
  const actor = await around.sessions.findActor(fetchHeaders(exchange.request));
  const { ctx } = signInCtx(around, exchange);
  const callback = new URL(`${exchange.url.pathname}${exchange.url.search}`, around.baseUrl);
  try {
    return toAnswer(await finishProvider(ctx, { provider, callback, actor }), actor !== null);
  } catch (error) {
    if (!isAppError(error) || error.code !== "upstream") throw error;
    exchange.log.warn({ err: error }, "the identity provider did not answer");
    return redirect("/sign-in?refused=unreachable");
  }
}

function requireProvider({ deps }: AuthSurroundings): IdentityProvider {
  if (!deps.identityProvider) throw notFound("identity provider", "configured");
  return deps.identityProvider;
}

function toAnswer(result: ProviderResult, isSignedIn: boolean): Answer {
  switch (result.kind) {
    case "open":
      return { ...redirect(`/sign-in?next=${encodeURIComponent(result.returnTo)}`), cookies: result.cookies };
    case "linked":
      return redirect("/settings/account?linked=oidc");
    case "refused":
      return redirect(`${isSignedIn ? "/settings/account" : "/sign-in"}?refused=${result.why}`);
  }
}

/** The sign-in page knows which paths are ours, and leads on who is signed in. */
function redirect(location: string): Answer {
  return { status: 303, body: {}, location };
}
