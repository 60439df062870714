import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { buildAgentSecrets } from "../../server/adapters/auth/agent-secrets.ts";
import { manifestSchema } from "../../server/features/agents/manifest-schema.ts";
import { LiveConfig } from "./live-config.ts";

const key = generateKeyPairSync("x25519").privateKey.export({ format: "jwk" });
const other = generateKeyPairSync("x25519").privateKey.export({ format: "jwk" });
const sealer = buildAgentSecrets(new Map([["prod", key.x ?? ""]]));
const place = { environment: "prod", agentId: "ab:summarizer", name: "SIGNING_KEY" };
const text = 'key "of" the house';
const sealed = await sealer.seal(text, place);
const desired = (secrets: Record<string, string>) => ({ revision: 3, settings: { words: 5 }, secrets });
const manifest = manifestSchema.parse({
  alias: "summarizer",
  version: "1.0.0",
  engagements: [{ id: "e", event: "x", handler: "h" }],
  settings: { words: { type: "integer", default: 8 }, SIGNING_KEY: { type: "secret" } },
});

it("gives a version its settings and opened secrets, and one that declares none of them nothing", async () => {
  const config = await LiveConfig.open(desired({ SIGNING_KEY: sealed }), { agentId: place.agentId, key });
  expect(config.for("one", manifest)).toEqual({ settings: { words: 5 }, secrets: { SIGNING_KEY: text } });
  expect(config.for("two", { ...manifest, settings: {} })).toEqual({ settings: {}, secrets: {} });
});

it.each([
  [
    "with another key",
    desired({ SIGNING_KEY: sealed }),
    { agentId: place.agentId, key: other },
    /does not open/,
  ],
  ["without a key", desired({ SIGNING_KEY: sealed }), { agentId: place.agentId, key: null }, /has no key/],
  ["of another agent", desired({ SIGNING_KEY: sealed }), { agentId: "ab:other", key }, /something else/],
  ["under another name", desired({ TOKEN: sealed }), { agentId: place.agentId, key }, /something else/],
  [
    "that was changed",
    desired({ SIGNING_KEY: `${sealed.slice(0, -2)}AA` }),
    { agentId: place.agentId, key },
    /not open/,
  ],
])("takes no secret %s", async (_what, config, opening, message) => {
  await expect(LiveConfig.open(config, opening)).rejects.toThrow(message);
});

it("hides secrets in what handlers say, also as JSON writes them", async () => {
  const config = await LiveConfig.open(desired({ SIGNING_KEY: sealed }), { agentId: place.agentId, key });
  expect(config.hide(`${text} and ${JSON.stringify({ text })}`)).toBe('[secret] and {"text":"[secret]"}');
});
