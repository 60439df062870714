import { findNodeAtLocation, type JSONPath, type Node, type ParseError, parseTree } from "jsonc-parser";
import type { z } from "zod";
import { type Manifest, manifestSchema } from "./manifest-schema.ts";

/** Something wrong at one place of a text. Lines and columns count from 1, as editors do; `offset` from 0. */
export type ManifestFault = {
  line: number;
  column: number;
  offset: number;
  length: number;
  /** JSON pointer. */
  path: string;
  message: string;
  /** JSON that is probably meant there; null = nobody can know. */
  instead: string | null;
};

export type ManifestVerdict =
  | { kind: "valid"; manifest: Manifest }
  | { kind: "faulty"; faults: readonly ManifestFault[] };

/** What the upload holds beside the manifest. `exports` is null where the entry is no ES module that can be read. */
export type BundleFacts = { fileNames: readonly string[]; exports: readonly string[] | null };

/** `node` where the path would lead to another place, as with a key that is there twice. */
type Place = { path: JSONPath; message: string; instead?: string | null; onKey?: boolean; node?: Node };

/** Every fault of a manifest at its place, in the order of the text. Syntax first: what cannot be read is not judged. */
export function judgeManifest(text: string, facts: BundleFacts): ManifestVerdict {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowEmptyContent: false });
  const at = positionsOf(text);
  if (errors.length > 0 || !root) {
    const faults = errors.map((error) => syntaxFault(error, at));
    return { kind: "faulty", faults: firstOfEach(faults) };
  }
  const parsed = manifestSchema.safeParse(jsonOf(root));
  const places = [
    ...(parsed.error?.issues.flatMap((issue) => placesOf(issue)) ?? []),
    ...repeatedKeys(root),
    ...crossFaults(root, facts),
  ];
  if (parsed.success && places.length === 0) return { kind: "valid", manifest: parsed.data };
  const faults = places.map((place) => locate(place, root, at));
  return { kind: "faulty", faults: faults.toSorted((one, other) => one.offset - other.offset) };
}

const syntaxMessages: readonly string[] = [
  "",
  "This is no value of JSON.",
  "This is no number of JSON.",
  "A key in quotation marks belongs here.",
  "A value belongs here.",
  "A colon belongs here.",
  "A comma belongs here.",
  "A closing brace is missing.",
  "A closing bracket is missing.",
  "The text goes on after its end.",
  "JSON has no comments.",
  "A comment does not end.",
  "A text does not end.",
  "A number does not end.",
  "This Unicode escape is not whole.",
  "There is no such escape.",
  "This character has to be escaped.",
];

function syntaxFault({ error, offset, length }: ParseError, at: PositionOf): ManifestFault {
  const message = syntaxMessages[error] || "This is no JSON.";
  return { ...at(offset), offset, length: Math.max(1, length), path: "", message, instead: null };
}

/** One mistake makes a parser complain several times at one place. */
function firstOfEach(faults: readonly ManifestFault[]): ManifestFault[] {
  const places = new Map(faults.toReversed().map((fault) => [fault.offset, fault]));
  return [...places.values()].toSorted((one, other) => one.offset - other.offset);
}

/** Without a prototype, so that a key such as `__proto__` is only a key. */
function jsonOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(jsonOf);
  if (node.type !== "object") return node.value;
  const entries = (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [[String(key.value), jsonOf(value)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function placesOf(issue: z.core.$ZodIssue): Place[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `There is no field ${JSON.stringify(key)} here.`,
      onKey: true,
    }));
  if (issue.code === "invalid_key")
    return [{ path, message: issue.issues[0]?.message ?? "This is no name.", onKey: true }];
  if (issue.code === "invalid_union" && issue.errors.length === 0)
    return [
      { path: [...path, "type"], message: 'Must be "string", "integer", "number", "boolean" or "set".' },
    ];
  return [{ path, message: sentence(issue.message) }];
}

function sentence(message: string): string {
  const text = message.replace(/^Invalid input: expected (\w+), received (\w+)$/, "Must be $1, not $2");
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function repeatedKeys(root: Node): Place[] {
  const places: Place[] = [];
  visit(root, [], (node, path) => {
    if (node.type !== "object") return;
    const seen = new Set<string>();
    for (const { children: [key] = [] } of node.children ?? []) {
      const name = String(key?.value);
      if (key && seen.has(name))
        places.push({ path: [...path, name], message: `${name} is there twice.`, node: key });
      seen.add(name);
    }
  });
  return places;
}

function visit(node: Node, path: JSONPath, see: (node: Node, path: JSONPath) => void): void {
  see(node, path);
  for (const [index, child] of (node.children ?? []).entries()) {
    if (node.type === "array") visit(child, [...path, index], see);
    const [key, value] = child.children ?? [];
    if (node.type === "object" && key && value) visit(value, [...path, String(key.value)], see);
  }
}

/** What only the whole shows: ids twice, handlers that the bundle does not export, defaults outside their bounds. */
function crossFaults(root: Node, facts: BundleFacts): Place[] {
  return [
    ...entryFaults(root, facts),
    ...["engagements", "cubbies", "widgets"].flatMap((list) => repeatedIds(root, list)),
    ...handlerPlaces(root).flatMap((place) => unknownHandler(place, facts.exports)),
    ...["params", "settings"].flatMap((group) => fieldFaults(root, group)),
  ];
}

function entryFaults(root: Node, { fileNames }: BundleFacts): Place[] {
  const entry = textAt(root, ["entry"]);
  if (fileNames.includes(entry ?? "bundle.js")) return [];
  const bundles = fileNames.filter((name) => name.endsWith(".js") || name.endsWith(".mjs"));
  const instead = bundles.length === 1 ? JSON.stringify(bundles[0]) : null;
  return [{ path: ["entry"], message: `There is no file ${entry ?? "bundle.js"} in the upload.`, instead }];
}

function repeatedIds(root: Node, list: string): Place[] {
  const seen = new Set<string>();
  return itemsAt(root, list).flatMap((_, index) => {
    const id = textAt(root, [list, index, "id"]);
    if (id === null) return [];
    const isSeen = seen.has(id);
    seen.add(id);
    return isSeen ? [{ path: [list, index, "id"], message: `${id} is the id of another one.` }] : [];
  });
}

type HandlerPlace = { path: JSONPath; name: string; onKey?: boolean };

function handlerPlaces(root: Node): HandlerPlace[] {
  const named = ["engagements", "widgets"].flatMap((list) =>
    itemsAt(root, list).flatMap((_, index) => {
      const path = [list, index, "handler"];
      const name = textAt(root, path);
      return name === null ? [] : [{ path, name }];
    }),
  );
  const limited = keysAt(root, "handlers").map((name) => ({ path: ["handlers", name], name, onKey: true }));
  return [...named, ...limited];
}

function unknownHandler({ path, name, onKey }: HandlerPlace, exports: readonly string[] | null): Place[] {
  if (exports === null || exports.includes(name)) return [];
  const known = exports.length === 0 ? "nothing" : exports.slice(0, 8).join(", ");
  const near = exports.find((other) => isNear(other.toLowerCase(), name.toLowerCase()));
  const instead = near === undefined ? null : JSON.stringify(near);
  return [
    {
      path,
      message: `The bundle exports ${known}. There is no ${name}.`,
      instead,
      ...(onKey && { onKey }),
    },
  ];
}

/** One begins with the other, or they differ in one letter. */
function isNear(one: string, other: string): boolean {
  if (one.startsWith(other) || other.startsWith(one)) return true;
  if (one.length !== other.length) return false;
  return [...one].filter((letter, at) => letter !== other[at]).length <= 1;
}

function fieldFaults(root: Node, group: string): Place[] {
  return keysAt(root, group).flatMap((name) => {
    const field = findNodeAtLocation(root, [group, name]);
    const rule = field?.type === "object" ? jsonOf(field) : null;
    const message = rule ? defaultFault(new Map(Object.entries(rule))) : null;
    return message === null ? [] : [{ path: [group, name, "default"], message }];
  });
}

function defaultFault(rule: ReadonlyMap<string, unknown>): string | null {
  const value = rule.get("default");
  const [minimum, maximum, longest] = [rule.get("minimum"), rule.get("maximum"), rule.get("maxLength")];
  if (typeof minimum === "number" && typeof maximum === "number" && minimum > maximum)
    return "The minimum is above the maximum.";
  if (typeof value === "number" && typeof minimum === "number" && value < minimum)
    return `Must be at least ${minimum}.`;
  if (typeof value === "number" && typeof maximum === "number" && value > maximum)
    return `Must be at most ${maximum}.`;
  if (typeof value === "string" && typeof longest === "number" && value.length > longest)
    return `Must have at most ${longest} characters.`;
  const choices = rule.get("enum");
  if (!Array.isArray(choices) || value === undefined) return null;
  const foreign = [value].flat().find((one) => !choices.includes(one));
  return foreign === undefined ? null : `${JSON.stringify(foreign)} is not one of ${choices.join(", ")}.`;
}

function itemsAt(root: Node, key: string): readonly Node[] {
  const node = findNodeAtLocation(root, [key]);
  return node?.type === "array" ? (node.children ?? []) : [];
}

function keysAt(root: Node, key: string): string[] {
  const node = findNodeAtLocation(root, [key]);
  if (node?.type !== "object") return [];
  return (node.children ?? []).map(({ children: [name] = [] }) => String(name?.value));
}

function textAt(root: Node, path: JSONPath): string | null {
  const node = findNodeAtLocation(root, path);
  return node?.type === "string" ? String(node.value) : null;
}

type PositionOf = (offset: number) => { line: number; column: number };

function locate(place: Place, root: Node, at: PositionOf): ManifestFault {
  const found = findNodeAtLocation(root, place.path);
  const node = place.node ?? (place.onKey ? (found?.parent?.children?.[0] ?? found) : found);
  const path = place.path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
  if (node) {
    const { offset, length } = node;
    const instead = place.instead ?? secondsOf(node, place.message);
    return { ...at(offset), offset, length, path, message: place.message, instead };
  }
  const holder = nearestHolder(root, place.path);
  const key = String(place.path[place.path.length - 1] ?? "");
  const message = place.message.endsWith("not undefined.")
    ? `${JSON.stringify(key)} is missing.`
    : place.message;
  return { ...at(holder.offset), offset: holder.offset, length: 1, path, message, instead: null };
}

function nearestHolder(root: Node, path: JSONPath): Node {
  for (let length = path.length - 1; length > 0; length--) {
    const holder = findNodeAtLocation(root, path.slice(0, length));
    if (holder) return holder;
  }
  return root;
}

/** "10m" where a number of seconds belongs. */
function secondsOf(node: Node, message: string): string | null {
  const said = /^(\d{1,6})\s*(s|m|h)$/.exec(String(node.value));
  if (node.type !== "string" || !said || !message.startsWith("Must be number")) return null;
  const factor = said[2] === "h" ? 3_600 : said[2] === "m" ? 60 : 1;
  return String(Number(said[1]) * factor);
}

function positionsOf(text: string): PositionOf {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
