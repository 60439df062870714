import { CompactEncrypt, importJWK } from "jose";
import type { AgentSecrets } from "../../ports/agent-secrets.ts";

/** By environment, the public X25519 key of its runtimes (RFC 8037: `x` of a JWK). ECDH-ES makes a new key for every secret. */
export function buildAgentSecrets(keys: ReadonlyMap<string, string>): AgentSecrets {
  return {
    canSeal: (environment) => keys.has(environment),
    seal: async (text, { environment, agentId, name }) => {
      const x = keys.get(environment);
      if (x === undefined) throw new Error(`No key of the runtimes of ${environment} is known.`);
      const key = await importJWK({ kty: "OKP", crv: "X25519", x }, "ECDH-ES");
      return new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", agent: agentId, secret: name })
        .encrypt(key);
    },
  };
}
