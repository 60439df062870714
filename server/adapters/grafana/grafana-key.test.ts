import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeProtectedHeader,
  type JSONWebKeySet,
  jwtVerify,
} from "jose";
import { expect, it } from "vitest";
import { grafanaKeyOf } from "./grafana-key.ts";

const secret = "a secret of thirty-two characters or more";
const claims = {
  ...({ iss: "cere-console", aud: "grafana", role: "Viewer", org: "mainnet" } as const),
  ...{ sub: "p1", email: "p1@test.local", iat: 1_800_000_000, exp: 1_800_000_030 },
};

function keySetOf(text: string): JSONWebKeySet {
  return JSON.parse(JSON.stringify(grafanaKeyOf(text).keySet));
}

it("signs tokens that its published key verifies, under the id that the key has", async () => {
  const token = grafanaKeyOf(secret).sign(claims);
  const verified = await jwtVerify(token, createLocalJWKSet(keySetOf(secret)), {
    currentDate: new Date(1_800_000_010_000),
    issuer: "cere-console",
    audience: "grafana",
  });
  expect(verified.payload).toEqual(claims);
  const [jwk] = keySetOf(secret).keys;
  expect(decodeProtectedHeader(token)).toEqual({ alg: "ES256", typ: "JWT", kid: jwk?.kid });
  expect(jwk?.kid).toBe(await calculateJwkThumbprint(jwk ?? { kty: "EC" }));
});

it("is the same on every replica, another one for another secret, and never published with its private half", async () => {
  expect(keySetOf(secret)).toEqual(keySetOf(secret));
  expect(JSON.stringify(keySetOf(secret))).not.toMatch(/"d":/);
  const token = grafanaKeyOf(`${secret}!`).sign(claims);
  await expect(jwtVerify(token, createLocalJWKSet(keySetOf(secret)))).rejects.toThrow();
});
