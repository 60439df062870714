import { canonicalJson } from "../deployments/canonical-json.ts";
import type { KnownSecret, Settings } from "./schema.ts";

export type ConfigState = { settings: Settings; secrets: readonly KnownSecret[] };
export type ConfigDifference =
  /** As JSON; null = it is not set there. */
  | { kind: "setting"; name: string; before: string | null; after: string | null }
  | { kind: "secret"; name: string; what: "set" | "replaced" | "taken away" };

/** What one revision has that the other has not, by name. Of a secret: that it is another one, by when it was set. */
export function diffConfig(before: ConfigState, after: ConfigState): ConfigDifference[] {
  return [...diffSettings(before.settings, after.settings), ...diffSecrets(before.secrets, after.secrets)];
}

function diffSettings(before: Settings, after: Settings): ConfigDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): ConfigDifference[] => {
    const [old, now] = [jsonOf(before[name]), jsonOf(after[name])];
    return old === now ? [] : [{ kind: "setting", name, before: old, after: now }];
  });
}

function diffSecrets(before: readonly KnownSecret[], after: readonly KnownSecret[]): ConfigDifference[] {
  const [old, now] = [timesOf(before), timesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name): ConfigDifference[] => {
    if (old.get(name) === now.get(name)) return [];
    const what = !old.has(name) ? "set" : now.has(name) ? "replaced" : "taken away";
    return [{ kind: "secret", name, what }];
  });
}

function jsonOf(value: Settings[string] | undefined): string | null {
  return value === undefined ? null : canonicalJson(value);
}

function timesOf(secrets: readonly KnownSecret[]): Map<string, string> {
  return new Map(secrets.map(({ name, setAt }) => [name, setAt]));
}
