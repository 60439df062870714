import { compactDecrypt, importJWK, type JWK } from "jose";
import { settingsFor } from "../../server/features/agent-config/settings-rules.ts";
import type { DesiredState } from "../../server/features/deployments/desired-state-schema.ts";
import type { HandlerResult } from "./sandbox.ts";

type Desired = DesiredState["data"]["config"];
type Manifest = DesiredState["data"]["versions"][string]["manifest"];
type Given = { settings: Desired["settings"]; secrets: Record<string, string> };

const hidden = "[secret]";
/** A text so short stands in any output by chance. */
const shortestHidden = 4;

/** A configuration with its secrets opened. What handlers give back is searched for them before it is told to anybody. */
export class LiveConfig {
  readonly revision: number;
  private readonly settings: Desired["settings"];
  private readonly secrets: ReadonlyMap<string, string>;
  private readonly secretTexts: readonly string[];
  /** By version: what it sees does not change while this configuration is in use. */
  private readonly given = new Map<string, Given>();

  private constructor({ revision, settings }: Desired, secrets: ReadonlyMap<string, string>) {
    this.revision = revision;
    this.settings = settings;
    this.secrets = secrets;
    this.secretTexts = [...secrets.values()]
      .filter((text) => text.length >= shortestHidden)
      .flatMap((text) => [...new Set([text, JSON.stringify(text).slice(1, -1)])])
      .sort((a, b) => b.length - a.length);
  }

  static readonly none = new LiveConfig({ revision: 0, settings: {}, secrets: {} }, new Map());

  /** Throws when a secret does not open with the key, or is another agent's. */
  static async open(
    desired: Desired,
    { agentId, key }: { agentId: string; key: JWK | null },
  ): Promise<LiveConfig> {
    const opened = Object.entries(desired.secrets).map(
      async ([name, sealed]) => [name, await openSecret(sealed, { name, agentId, key })] as const,
    );
    return new LiveConfig(desired, new Map(await Promise.all(opened)));
  }

  for(cid: string, manifest: Manifest): Given {
    const known = this.given.get(cid);
    if (known) return known;
    const secrets = Object.entries(manifest.settings).flatMap(([name, { type }]) => {
      const text = type === "secret" ? this.secrets.get(name) : undefined;
      return text === undefined ? [] : [[name, text]];
    });
    const given = {
      settings: settingsFor(manifest.settings, this.settings),
      secrets: Object.fromEntries(secrets),
    };
    this.given.set(cid, given);
    return given;
  }

  /** The text without any secret in it. */
  hide(text: string): string {
    return this.secretTexts.reduce((left, secret) => left.replaceAll(secret, hidden), text);
  }

  /** What a handler says is stored and shown: a secret that it says is not. */
  hideIn(result: HandlerResult): HandlerResult {
    if (result.kind === "finished") return { ...result, output: result.output && this.hide(result.output) };
    return { ...result, error: this.hide(result.error), stack: result.stack && this.hide(result.stack) };
  }
}

type Opening = { name: string; agentId: string; key: JWK | null };

async function openSecret(sealed: string, { name, agentId, key }: Opening): Promise<string> {
  if (!key) throw new Error(`The secret ${name} cannot be opened: this runtime has no key.`);
  const opened = await compactDecrypt(sealed, await importJWK(key, "ECDH-ES")).catch(() => null);
  if (!opened) throw new Error(`The secret ${name} does not open with this runtime's key.`);
  const { agent, secret } = opened.protectedHeader as { agent?: unknown; secret?: unknown };
  if (agent !== agentId || secret !== name)
    throw new Error(`The secret ${name} was sealed for something else.`);
  return new TextDecoder().decode(opened.plaintext);
}
