import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";
import { demoPeople } from "./demo-people.ts";

export type ProviderPlan = { issuer: string; clientId: string; clientSecret: string; redirectUri: string };

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An OpenID Connect provider for a local network: everything of it is real but that it asks for no password. */
export async function openIdentityProvider(plan: ProviderPlan): Promise<Handler> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const provider = new Provider(plan.issuer, {
    clients: [
      {
        client_id: plan.clientId,
        client_secret: plan.clientSecret,
        redirect_uris: [plan.redirectUri],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(32).toString("hex")] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, id) => findAccount(id),
    interactions: { url: (_context, { uid }) => `/people/${uid}` },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: randomBytes(8).toString("hex"), use: "sig" }] },
    loadExistingGrant: async ({ oidc }) => {
      const clientId = oidc.client?.clientId;
      const accountId = oidc.session?.accountId;
      if (!clientId || !accountId) return undefined;
      // Everybody has agreed to tell the console who they are.
      const grant = new oidc.provider.Grant({ clientId, accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      Grant: 3_600,
      IdToken: 300,
      Interaction: 600,
      Session: 3_600,
    },
  });
  const flow = provider.callback();
  return (request, response) => {
    if (!request.url?.startsWith("/people/")) return void flow(request, response);
    answerPeople(provider, request, response).catch((error: unknown) => {
      response.statusCode = 400;
      response.end(error instanceof Error ? error.message : "This sign-in is over.");
    });
  };
}

function findAccount(id: string) {
  const person = demoPeople.find((candidate) => candidate.id === id);
  if (!person) return undefined;
  const { name, email, groups } = person;
  return {
    accountId: id,
    claims: () => ({ sub: id, name, email, email_verified: true, groups: [...groups] }),
  };
}

/** GET shows who can sign in, POST with `person` says who it is. */
async function answerPeople(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(peoplePage());
    return;
  }
  const accountId = new URLSearchParams(await text(request)).get("person") ?? "";
  await provider.interactionFinished(request, response, { login: { accountId } });
}

function peoplePage(): string {
  const buttons = demoPeople.map(
    ({ id, name, email, groups }) =>
      `<button name="person" value="${id}"><b>${name}</b><br>${email}<br><small>${groups.join(", ") || "no group"}</small></button>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Local ID</title><style>body{font:15px/1.4 system-ui;max-width:22rem;margin:12vh auto;padding:0 1rem;color-scheme:light dark}
button{display:block;width:100%;margin:.4rem 0;padding:.6rem .8rem;text-align:left;font:inherit}</style>
<main><h1>Local ID</h1><p>The identity provider of this local network. Who are you?</p>
<form method="post">${buttons.join("\n")}</form></main></html>`;
}
