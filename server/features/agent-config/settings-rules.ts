import type { Manifest } from "../agents/manifest-schema.ts";
import { judgeParam } from "../deployments/set-rules.ts";
import type { ConfigIssue, ConfigView, Settings } from "./schema.ts";

type Declared = Manifest["settings"];
/** A version that types the configuration: one that runs. The default's comes first. */
export type TypingVersion = { semver: string; settings: Declared };

/**
 * What a version sees: its defaults, and what is set as far as it declares it and the value fits. Versions run beside
 * each other during a rollout, and one configuration serves them all.
 */
export function settingsFor(declared: Declared, settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, field]) => {
      if (field.type === "secret") return [];
      const given = settings[name];
      const value = given !== undefined && judgeParam(field, given) === null ? given : field.default;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export type Fields = Pick<ConfigView, "fields" | "secretFields">;

/** All that the versions declare, each once and by name; where they differ, the first one's words are shown. */
export function fieldsOf(versions: readonly TypingVersion[]): Fields {
  const declared = new Map<string, Declared[string]>();
  for (const { settings } of versions)
    for (const [name, field] of Object.entries(settings)) if (!declared.has(name)) declared.set(name, field);
  const knowing = (name: string) =>
    versions.filter(({ settings }) => Object.hasOwn(settings, name)).map(({ semver }) => semver);
  const fields: Fields = { fields: [], secretFields: [] };
  for (const [name, field] of [...declared].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const known = knowing(name);
    if (field.type !== "secret")
      fields.fields.push({ name, field, only: known.length === versions.length ? [] : known });
    else
      fields.secretFields.push({
        name,
        isRequired: field.required,
        title: field.title ?? null,
        description: field.description ?? null,
      });
  }
  return fields;
}

export type Wanted = {
  settings: Settings;
  /** Names of secrets that are written, and of those that are taken away. */
  written: readonly string[];
  cleared: readonly string[];
};
export type ConfigFacts = {
  versions: readonly TypingVersion[];
  /** What is in force: what no version declares any more may stay as it is. */
  before: Settings;
};

/** Every fault of a configuration, with the name of its field. A value has to fit every version that declares it. */
export function judgeConfig({ settings, written, cleared }: Wanted, facts: ConfigFacts): ConfigIssue[] {
  return [
    ...Object.entries(settings).flatMap(([name, value]) => judgeValue({ name, value }, facts)),
    ...written.flatMap((name) => judgeWritten(name, facts)),
    ...cleared.flatMap((name) => judgeCleared(name, facts)),
  ];
}

type Given = { name: string; value: Settings[string] };

function judgeValue({ name, value }: Given, { versions, before }: ConfigFacts): ConfigIssue[] {
  const declaring = versions.filter(({ settings }) => Object.hasOwn(settings, name));
  if (declaring.length === 0) {
    if (JSON.stringify(before[name]) === JSON.stringify(value)) return [];
    return [{ field: name, message: "No version that runs here has such a setting." }];
  }
  for (const { semver, settings } of declaring) {
    const field = settings[name];
    if (field?.type === "secret")
      return [{ field: name, message: "This is a secret: it is written as one." }];
    const message = judgeParam(field, value);
    if (message !== null)
      return [{ field: name, message: versions.length === 1 ? message : `${message} Says ${semver}.` }];
  }
  return [];
}

function judgeWritten(name: string, { versions }: ConfigFacts): ConfigIssue[] {
  const isDeclared = versions.some(({ settings }) => settings[name]?.type === "secret");
  return isDeclared ? [] : [{ field: name, message: "No version that runs here has such a secret." }];
}

function judgeCleared(name: string, { versions }: ConfigFacts): ConfigIssue[] {
  const needing = versions.find(
    ({ settings: { [name]: field } }) => field?.type === "secret" && field.required,
  );
  return needing ? [{ field: name, message: `${needing.semver} needs it: replace it instead.` }] : [];
}
