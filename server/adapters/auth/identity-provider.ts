import * as oidc from "openid-client";
import { upstream } from "../../kernel/errors.ts";
import type { Grant } from "../../kernel/roles.ts";
import type {
  Claims,
  IdentityProvider,
  ProviderAnswer,
  ProviderFlow,
} from "../../ports/identity-provider.ts";
import type { Logger } from "../../ports/logger.ts";

export type ProviderOptions = {
  name: string;
  issuer: URL;
  clientId: string;
  clientSecret: string;
  /** Where the provider sends the browser back to; registered there. */
  redirectUri: URL;
  /** The claim that roles are made from. */
  rolesClaim: string;
  roleMap: ReadonlyMap<string, readonly Grant[]>;
  log: Logger;
};

const timeoutSeconds = 5;
const maxAnswerBytes = 512 * 1024;
/** What the provider says about itself is asked again after this long, so that new keys and addresses are noticed. */
const discoveredForMs = 10 * 60_000;

/** OpenID Connect by discovery. Signatures of ID tokens are checked, also where TLS would do. */
export function openIdentityProvider(options: ProviderOptions): IdentityProvider {
  const configuration = discoveryOf(options);
  return {
    name: options.name,
    roleMap: options.roleMap,
    begin: async (flow) =>
      oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: options.redirectUri.href,
        scope: "openid email profile",
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: "S256",
      }),
    finish: async (callback, flow) => {
      const known = await configuration();
      try {
        return { kind: "proved", claims: await redeem(known, callback, { flow, options }) };
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

function discoveryOf(options: ProviderOptions): () => Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret } = options;
  let known: { configuration: Promise<oidc.Configuration>; until: number } | null = null;
  return async () => {
    const now = performance.now();
    if (!known || known.until < now) {
      const execute = [oidc.enableNonRepudiationChecks];
      // Only where the configuration itself names a plain address.
      if (issuer.protocol === "http:") execute.push(oidc.allowInsecureRequests);
      const configuration = oidc.discovery(issuer, clientId, clientSecret, undefined, {
        execute,
        timeout: timeoutSeconds,
        [oidc.customFetch]: boundedFetch,
      });
      known = { configuration, until: now + discoveredForMs };
    }
    try {
      return await known.configuration;
    } catch (error) {
      known = null;
      options.log.warn({ err: error, issuer: issuer.href }, "the identity provider did not describe itself");
      throw upstream(options.name, error);
    }
  };
}

type Redemption = { flow: ProviderFlow; options: ProviderOptions };

async function redeem(
  known: oidc.Configuration,
  callback: URL,
  { flow, options }: Redemption,
): Promise<Claims> {
  const tokens = await oidc.authorizationCodeGrant(known, callback, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error("The answer holds no ID token.");
  const isWhole = claims.email !== undefined && claims[options.rolesClaim] !== undefined;
  const more =
    isWhole || !known.serverMetadata().userinfo_endpoint
      ? {}
      : await oidc.fetchUserInfo(known, tokens.access_token, claims.sub);
  return toClaims({ ...more, ...claims }, options.rolesClaim);
}

function toClaims(claims: oidc.IDToken, rolesClaim: string): Claims {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  const groups = [claims[rolesClaim] ?? []].flat();
  return {
    issuer: claims.iss,
    subject: claims.sub,
    verifiedEmail: claims.email_verified === true ? (text(claims.email)?.toLowerCase() ?? null) : null,
    name: text(claims.name) ?? text(claims.preferred_username),
    groups: groups.filter((group) => typeof group === "string"),
  };
}

/** What was wrong, for the audit log; never a token or a code. */
function refusalOf(error: unknown): ProviderAnswer {
  if (error instanceof oidc.AuthorizationResponseError)
    return { kind: "refused", reason: `The provider answered ${error.error}.` };
  if (error instanceof oidc.ResponseBodyError)
    return { kind: "refused", reason: `The provider did not take the code: ${error.error}.` };
  const code = error instanceof oidc.ClientError ? error.code : undefined;
  if (code === "OAUTH_TIMEOUT" || error instanceof TypeError) throw upstream("The identity provider", error);
  return { kind: "refused", reason: `The provider's answer is not valid: ${findingOf(error)}.` };
}

/** The library wraps what it found; the innermost says which claim or which algorithm. */
function findingOf(error: unknown): string {
  const words: string[] = [];
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    words.push(inner.message);
    const claim: unknown = Reflect.get(Object(inner.cause), "claim");
    if (typeof claim === "string") words.push(`claim "${claim}"`);
  }
  return [...new Set(words)].join(": ") || "unknown";
}

/** Redirects are not followed, and no more is read than such an answer needs. */
async function boundedFetch(address: string, request: oidc.CustomFetchOptions): Promise<Response> {
  const { body, headers, method, signal } = request;
  const response = await fetch(address, {
    ...{ headers, method, redirect: "manual" },
    body: body instanceof Uint8Array ? Buffer.from(body) : (body ?? null),
    signal: signal ?? AbortSignal.timeout(timeoutSeconds * 1_000),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxAnswerBytes) throw new TypeError(`The answer has more than ${maxAnswerBytes} bytes.`);
    chunks.push(chunk);
  }
  const { status, statusText } = response;
  const isBodiless = status === 204 || status === 304;
  return new Response(isBodiless ? null : Buffer.concat(chunks), {
    ...{ status, statusText },
    headers: response.headers,
  });
}
