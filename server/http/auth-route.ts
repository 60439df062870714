import { finishSecondFactor, type SecondFactorResult } from "../features/identity/finish-second-factor.ts";
import { requestPasswordReset } from "../features/identity/request-password-reset.ts";
import {
  resetInput,
  secondFactorInput,
  setPasswordByLinkInput,
  signInInput,
} from "../features/identity/schema.ts";
import { setPasswordByLink } from "../features/identity/set-password-by-link.ts";
import { type SignInResult, signIn } from "../features/identity/sign-in.ts";
import { signOut } from "../features/identity/sign-out.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import {
  type Answer,
  type AuthSurroundings,
  blocked,
  type Endpoint,
  problem,
  readBody,
  sendAnswer,
  signInCtx,
} from "./auth-answer.ts";
import { answerProviderReturn, answerProviderStart } from "./auth-provider.ts";
import { answerWalletMessage, answerWalletProof } from "./auth-wallet.ts";
import { type Exchange, fetchHeaders, type Route } from "./exchange.ts";

/** What a browser asks before anybody is known: signing in by each way, signing out, setting a password. */
export function authRoute(around: AuthSurroundings): Route {
  return {
    path: "/api/auth/",
    maxBodyBytes: 4_096,
    handle: async (exchange) => {
      const { request, url } = exchange;
      const endpoint = endpoints.get(`${request.method} ${url.pathname.slice("/api/auth/".length)}`);
      if (!endpoint) throw notFound("endpoint", `${request.method} ${url.pathname}`);
      sendAnswer(exchange, await endpoint(around, exchange));
    },
  };
}

const endpoints: ReadonlyMap<string, Endpoint> = new Map([
  ["POST sign-in", answerSignIn],
  ["POST second-factor", answerSecondFactor],
  ["POST sign-out", answerSignOut],
  ["POST password", answerSetPassword],
  ["POST reset", answerReset],
  ["POST wallet/message", answerWalletMessage],
  ["POST wallet/proof", answerWalletProof],
  ["POST oidc/start", answerProviderStart],
  ["GET oidc/callback", answerProviderReturn],
]);

async function answerSignIn(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const credentials = await readBody(exchange.request, signInInput);
  const { ctx, setCookie } = signInCtx(around, exchange);
  return toAnswer(await signIn(ctx, credentials), { address: exchange.address, setCookie });
}

async function answerSecondFactor(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const input = await readBody(exchange.request, secondFactorInput);
  const { ctx } = signInCtx(around, exchange);
  return codeAnswer(await finishSecondFactor(ctx, input), exchange.address);
}

async function answerSignOut(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const actor = await around.sessions.findActor(fetchHeaders(exchange.request));
  if (actor) await signOut({ ...signInCtx(around, exchange).ctx, actor });
  return { status: 200, body: {}, cookies: await around.issuer.expireCookies() };
}

async function answerSetPassword(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const input = await readBody(exchange.request, setPasswordByLinkInput);
  return { status: 200, body: await setPasswordByLink(signInCtx(around, exchange).ctx, input) };
}

async function answerReset(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const { mailer } = around.deps;
  const { email } = await readBody(exchange.request, resetInput);
  if (!mailer.isConfigured) throw conflict("This console sends no mail. Ask an admin for a link.");
  const { ctx } = signInCtx(around, exchange);
  const result = await requestPasswordReset({ ...ctx, mailer, baseUrl: around.baseUrl }, email);
  return result.kind === "blocked" ? blocked(result, exchange.address) : { status: 202, body: {} };
}

type Edge = { address: string | null; setCookie: string };

function toAnswer(result: SignInResult, { address, setCookie }: Edge): Answer {
  switch (result.kind) {
    case "open":
      return { status: 200, body: {}, cookies: result.cookies };
    case "second-factor":
      return { status: 200, body: { challenge: result.challenge }, cookies: [setCookie] };
    case "wrong":
      return problem(401, "E-mail or password is wrong.", { detail: triesLeftText(result.triesLeft) });
    case "blocked":
      return blocked(result, address);
  }
}

function codeAnswer(result: SecondFactorResult, address: string | null): Answer {
  switch (result.kind) {
    case "open":
      return { status: 200, body: { recoveryLeft: result.recoveryLeft }, cookies: result.cookies };
    case "wrong":
      return problem(401, "The code is wrong.", { detail: "It changes every 30 seconds and works once." });
    case "over":
      return problem(401, "The first step was too long ago.", { detail: "Start again.", isOver: true });
    case "blocked":
      return blocked(result, address);
  }
}

function triesLeftText(count: number): string {
  if (count === 0) return "No more tries from this address for 15 minutes.";
  return `${count} more ${count === 1 ? "try" : "tries"} from this address, then 15 minutes of pause.`;
}
