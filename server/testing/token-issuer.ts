import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";

/** An OpenID Connect provider that says whatever a test wants to see refused. */
export type TokenIssuer = AsyncDisposable & {
  issuer: string;
  /** What the next ID token says, over a good one; `key` signs it, `alg: "none"` leaves it unsigned. */
  next: { claims: JWTPayload; alg?: "none" | "HS256"; isForged?: boolean; tokenStatus?: number };
  /** Bodies that the token endpoint got. */
  asked: URLSearchParams[];
};

export const clientId = "console";
export const clientSecret = "a client secret that only tests use";

export async function openTokenIssuer(): Promise<TokenIssuer> {
  const own = await generateKeyPair("ES256", { extractable: true });
  const foreign = await generateKeyPair("ES256");
  const keys = [{ ...(await exportJWK(own.publicKey)), kid: "own", alg: "ES256", use: "sig" }];
  const state: Pick<TokenIssuer, "next" | "asked"> = { next: { claims: {} }, asked: [] };
  const idToken = async (issuer: string) => {
    const { claims, alg, isForged } = state.next;
    const now = Math.floor(Date.now() / 1000);
    const said = { iss: issuer, aud: clientId, iat: now, exp: now + 300, sub: "subject-1", ...claims };
    if (alg === "none") return new UnsecuredJWT(said).encode();
    if (alg === "HS256")
      return new SignJWT(said).setProtectedHeader({ alg }).sign(Buffer.from(clientSecret.padEnd(32)));
    const key = isForged ? foreign.privateKey : own.privateKey;
    return new SignJWT(said).setProtectedHeader({ alg: "ES256", kid: "own" }).sign(key);
  };
  const server = createServer(async (request, response) => {
    const issuer = `http://${request.headers.host}`;
    const send = (body: object, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.url === "/.well-known/openid-configuration") return send(discovery(issuer));
    if (request.url === "/jwks") return send({ keys });
    if (request.url !== "/token") return send({}, 404);
    state.asked.push(new URLSearchParams(await text(request)));
    if (state.next.tokenStatus) return send({ error: "invalid_grant" }, state.next.tokenStatus);
    send({ access_token: "at", token_type: "bearer", expires_in: 60, id_token: await idToken(issuer) });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return Object.assign(state, {
    issuer: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}

function discovery(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    // It offers what nobody should take.
    id_token_signing_alg_values_supported: ["ES256", "HS256", "none"],
    code_challenge_methods_supported: ["S256"],
  };
}
