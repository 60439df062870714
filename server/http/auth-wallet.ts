import { beginWallet } from "../features/identity/begin-wallet.ts";
import { finishWallet, type WalletResult } from "../features/identity/finish-wallet.ts";
import { walletProofInput, walletStartInput } from "../features/identity/schema.ts";
import { unauthenticated } from "../kernel/errors.ts";
import { type Answer, type AuthSurroundings, problem, readBody, signInCtx } from "./auth-answer.ts";
import { type Exchange, fetchHeaders } from "./exchange.ts";

export async function answerWalletMessage(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const { address, isLink } = await readBody(exchange.request, walletStartInput);
  const { ctx, setCookie } = signInCtx(around, exchange);
  const linkTo = isLink ? await around.sessions.findActor(fetchHeaders(exchange.request)) : null;
  if (isLink && !linkTo) throw unauthenticated();
  const begun = await beginWallet(ctx, { address, baseUrl: around.baseUrl, linkTo });
  return { status: 200, body: begun, cookies: [setCookie] };
}

export async function answerWalletProof(around: AuthSurroundings, exchange: Exchange): Promise<Answer> {
  const proof = await readBody(exchange.request, walletProofInput);
  const actor = await around.sessions.findActor(fetchHeaders(exchange.request));
  const { ctx, setCookie } = signInCtx(around, exchange);
  return toAnswer(await finishWallet(ctx, { ...proof, domain: around.baseUrl.host, actor }), setCookie);
}

function toAnswer(result: WalletResult, setCookie: string): Answer {
  switch (result.kind) {
    case "open":
      return { status: 200, body: {}, cookies: result.cookies };
    case "linked":
      return { status: 200, body: {} };
    case "second-factor":
      return { status: 200, body: { challenge: result.challenge }, cookies: [setCookie] };
    case "refused":
      return problem(401, result.reason, { detail: "Nothing was signed in." });
  }
}
