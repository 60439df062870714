import { z } from "zod";
import { jsonPointer } from "../../kernel/json-pointer.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type DeploymentRecord, maxRecords, type ParamValue, type SetIssue, setSchema } from "./schema.ts";
import { compileTargeting, isTargetingFault } from "./targeting-rules.ts";

/** A param or setting of a manifest, as far as a value for it is judged by it. */
export type ParamFacts = {
  type: "string" | "integer" | "number" | "boolean" | "set";
  enum?: readonly string[] | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  maxLength?: number | undefined;
};

export type VersionFacts = {
  state: "draft" | "validated" | "deployed" | "deprecated" | "archived";
  params: Readonly<Record<string, ParamFacts>>;
  engagements: readonly string[];
};

/** What a rollout holds: these records are changed there, and nowhere else. */
export type HeldRecords = { rollout: string; records: readonly DeploymentRecord[] };

export type SetFacts = {
  versions: ReadonlyMap<string, VersionFacts>;
  /** CIDs that the SET in force names. */
  inForce: ReadonlySet<string>;
  held: HeldRecords | null;
  at: Date;
};

export type SetVerdict = { records: DeploymentRecord[] | null; issues: SetIssue[] };

/** Every rule of a SET (CEF-AI/cef-plugins, roc-deploy), every fault at its place. `records` is null when its shape is wrong. */
export function judgeSet(value: unknown, facts: SetFacts): SetVerdict {
  const parsed = setSchema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }): SetIssue => {
      const rule = path.at(-1) === "weight" ? "weights" : path.at(-1) === "expiresAt" ? "expiry" : "shape";
      return { pointer: jsonPointer(path), rule, message };
    });
    return { records: null, issues: [...issues, ...judgeReadableTargeting(value, issues)] };
  }
  const records = parsed.data;
  const issues = [
    ...judgeDefault(records),
    ...judgeNames(records),
    ...judgeHeld(records, facts.held),
    ...records.flatMap((record, index) => judgeRecord(record, index, facts)),
  ];
  return { records, issues };
}

const targetedSchema = z.looseObject({ targeting: z.string() });

/** Where a SET cannot be read as a whole, what people write most is judged all the same. */
function judgeReadableTargeting(value: unknown, known: readonly SetIssue[]): SetIssue[] {
  if (!Array.isArray(value)) return [];
  const pointers = new Set(known.map(({ pointer }) => pointer));
  return value.slice(0, maxRecords).flatMap((record: unknown, index) => {
    const read = targetedSchema.safeParse(record);
    return read.success
      ? judgeTargeting(read.data, index).filter(({ pointer }) => !pointers.has(pointer))
      : [];
  });
}

export function findDefault(records: readonly DeploymentRecord[]): DeploymentRecord | null {
  return records.find(({ targeting }) => targeting === "") ?? null;
}

function judgeDefault(records: readonly DeploymentRecord[]): SetIssue[] {
  const defaults = records.flatMap((record, index) => (record.targeting === "" ? [{ record, index }] : []));
  const issue = (pointer: string, message: string): SetIssue => ({ pointer, rule: "default", message });
  const [first, ...more] = defaults;
  if (!first) return [issue("", 'There is no default: one record needs the targeting "".')];
  const { record, index } = first;
  return [
    ...more.map((other) =>
      issue(`/${other.index}/targeting`, `"${record.name}" is the default already; there is exactly one.`),
    ),
    ...(record.enabled
      ? []
      : [issue(`/${index}/enabled`, "The default is always on: events would be lost.")]),
    ...(record.expiresAt === null
      ? []
      : [issue(`/${index}/expiresAt`, "The default does not expire: events would be lost.")]),
  ];
}

function judgeNames(records: readonly DeploymentRecord[]): SetIssue[] {
  const seen = new Set<string>();
  return records.flatMap(({ name }, index): SetIssue[] => {
    if (seen.has(name))
      return [{ pointer: `/${index}/name`, rule: "names", message: `Another record is named "${name}".` }];
    seen.add(name);
    return [];
  });
}

function judgeHeld(records: readonly DeploymentRecord[], held: HeldRecords | null): SetIssue[] {
  if (!held) return [];
  return held.records.flatMap((kept): SetIssue[] => {
    const index = records.findIndex(({ name }) => name === kept.name);
    const found = records[index];
    if (found && canonicalJson(found) === canonicalJson(kept)) return [];
    const pointer = index < 0 ? "" : `/${index}`;
    const message = `"${kept.name}" is held by rollout ${held.rollout}: it is changed there.`;
    return [{ pointer, rule: "held", message }];
  });
}

function judgeRecord(
  record: DeploymentRecord,
  index: number,
  { versions, inForce, at }: SetFacts,
): SetIssue[] {
  const version = versions.get(record.version);
  return [
    ...judgeTargeting(record, index),
    ...judgeExpiry(record, index, at),
    ...judgeVersion(version, index, inForce.has(record.version)),
    ...(version ? judgeOverrides(record, index, version) : []),
  ];
}

function judgeTargeting({ targeting }: Pick<DeploymentRecord, "targeting">, index: number): SetIssue[] {
  const compiled = compileTargeting(targeting);
  if (!isTargetingFault(compiled)) return [];
  const { message, at } = compiled;
  const where = at === null ? "" : ` Column ${at + 1}.`;
  return [{ pointer: `/${index}/targeting`, rule: "targeting", message: `${message}${where}` }];
}

function judgeExpiry({ expiresAt }: DeploymentRecord, index: number, at: Date): SetIssue[] {
  if (expiresAt === null || Date.parse(expiresAt) > at.getTime()) return [];
  return [{ pointer: `/${index}/expiresAt`, rule: "expiry", message: "It has expired already." }];
}

function judgeVersion(version: VersionFacts | undefined, index: number, isInForce: boolean): SetIssue[] {
  const issue = (message: string): SetIssue => ({ pointer: `/${index}/version`, rule: "versions", message });
  if (!version) return [issue("This agent has no such version.")];
  if (version.state === "archived") return [issue("This version is archived.")];
  if (version.state === "draft") return [issue("This version has not been validated.")];
  if (version.state === "deprecated" && !isInForce)
    return [issue("This version is deprecated: it goes on where it runs, and is given to nothing else.")];
  return [];
}

function judgeOverrides(record: DeploymentRecord, index: number, version: VersionFacts): SetIssue[] {
  const params = Object.entries(record.params).flatMap(([name, value]): SetIssue[] => {
    const message = judgeParam(version.params[name], value);
    return message === null
      ? []
      : [{ pointer: jsonPointer([index, "params", name]), rule: "overrides", message }];
  });
  const engagements = Object.keys(record.engagements).flatMap((id): SetIssue[] => {
    if (version.engagements.includes(id)) return [];
    const pointer = jsonPointer([index, "engagements", id]);
    return [{ pointer, rule: "overrides", message: "The version has no such engagement." }];
  });
  return [...params, ...engagements];
}

/** What is wrong with a value for a param or setting; null = nothing. */
export function judgeParam(param: ParamFacts | undefined, value: ParamValue): string | null {
  if (!param) return "The manifest has no such param.";
  switch (param.type) {
    case "set":
      return Array.isArray(value) ? judgeChoices(param, value) : "Needs a list.";
    case "integer":
      return Number.isInteger(value) ? judgeBounds(param, Number(value)) : "Needs a whole number.";
    case "number":
      return typeof value === "number" ? judgeBounds(param, value) : "Needs a number.";
    case "boolean":
      return typeof value === "boolean" ? null : "Needs true or false.";
    case "string":
      return typeof value === "string" ? judgeText(param, value) : "Needs a text.";
  }
}

function judgeBounds({ minimum, maximum }: ParamFacts, value: number): string | null {
  if (minimum !== undefined && value < minimum) return `At least ${minimum}.`;
  return maximum !== undefined && value > maximum ? `At most ${maximum}.` : null;
}

function judgeText(param: ParamFacts, value: string): string | null {
  if (param.maxLength !== undefined && value.length > param.maxLength)
    return `At most ${param.maxLength} characters.`;
  return judgeChoices(param, [value]);
}

function judgeChoices({ enum: choices }: ParamFacts, values: readonly string[]): string | null {
  const strange = choices && values.find((value) => !choices.includes(value));
  return choices && strange !== undefined ? `"${strange}" is none of ${choices.join(", ")}.` : null;
}
