import { isNetworkName, type NetworkName } from "../../kernel/networks.ts";
import { idWordOf } from "./id-word.ts";
import { readId } from "./read-id.ts";
import { readNumber } from "./read-number.ts";
import type { IdWord, Reading } from "./reading.ts";
import { unwrapPasted } from "./unwrap-pasted.ts";

/** What an address shows: a page of this console, an id in the address of somebody else's page, or an id scheme. */
export function readAddress(text: string): Reading | null {
  const scheme = /^(cid|ddc|ipfs):\/{0,2}(\S+)$/i.exec(text);
  if (scheme) return readScheme(scheme[1] ?? "", scheme[2] ?? "");
  const parts = /^(https?:\/\/[^/\s?#]+)?(\/[^\s?#]*)?(\?[^\s#]*)?(#\S*)?$/i.exec(text);
  if (!parts || text === "" || (parts[1] === undefined && parts[2] === undefined)) return null;
  const [, host = "", path = "/", query = "", hash = ""] = parts;
  const segments = path.split("/").slice(1).map(decoded).map(unwrapPasted);
  const own = readOwnPath(segments, query, host !== "");
  if (own) return own;
  return host === "" && hash === ""
    ? readForeign(segments, [], [])
    : readForeign(segments, hashParts(hash), queryParts(query));
}

/** `ddc://<network>/<bucket>/<cid>`, parts left out from the left; `ipfs://<cid>`; `cid:<cid>`. */
function readScheme(scheme: string, rest: string): Reading | null {
  const parts = rest
    .split(/[/?#]/)
    .map(decoded)
    .filter((part) => part !== "");
  const ids = parts.filter((part) => !isNetworkName(part) && part !== "ipfs" && part !== "ipns");
  const bucket = ids.length > 0 && /^\d{1,20}$/.test(ids[0] ?? "") ? (ids[0] ?? null) : null;
  const named = ids[bucket === null ? 0 : 1];
  const found = named === undefined ? null : readId(named, scheme.toLowerCase() === "ddc" ? null : "cid");
  if (found?.kind === "cid") return { ...found, bucket };
  if (found) return found;
  return bucket !== null && named === undefined ? (readNumber(bucket, "bucket")[0] ?? null) : null;
}

/** The addresses of this console: below a network, and those that belong to none. */
const networkSections = ["", "alerts", "nodes", "clusters", "data", "chain"];
const consoleSections = [
  "agents",
  "alerts",
  "dashboards",
  "gateway",
  "incidents",
  "settings",
  "streams",
  "docs",
];

/** `isElsewhere`: with a host, which the browser takes off where it is the console's own. */
function readOwnPath(segments: readonly string[], query: string, isElsewhere: boolean): Reading | null {
  const [first = "", section = "", ...rest] = segments;
  if (isNetworkName(first) && networkSections.includes(section))
    return pageOf(first, [section, ...rest], query);
  if (isElsewhere || !consoleSections.includes(first)) return null;
  return pageOf(null, [first, section, ...rest], query);
}

function pageOf(network: NetworkName | null, segments: readonly string[], query: string): Reading {
  const kept = segments.filter((segment) => segment !== "");
  const subject = subjectOf(kept);
  const path = kept.map((segment) =>
    encodeURIComponent(segment).replaceAll("%40", "@").replaceAll("%3A", ":"),
  );
  const named = normalised(subject);
  if (named !== null) path[path.length - 1] = named;
  const href = `/${[...(network === null ? [] : [network]), ...path].join("/")}${query}`;
  return { kind: "page", href, network, subject };
}

/** The last id in a path, told by the word before it. */
function subjectOf(segments: readonly string[]): Reading | null {
  const [topic, last = ""] = segments.slice(-2);
  if (segments.length < 2) return null;
  if (segments.at(-3) === "topics") return readId(`${topic}/${last}`);
  return readAs(last, idWordOf(topic ?? ""));
}

/** Ids are written one way in addresses, however they were pasted. */
function normalised(subject: Reading | null): string | null {
  if (subject?.kind === "key") return subject.word === "account" ? subject.ss58 : subject.hex;
  if (subject?.kind === "cluster") return subject.id;
  return subject?.kind === "cid" ? subject.cid : null;
}

/** Of an explorer or a CDN: the last id of the path, then of the part after #, then of the query. */
function readForeign(...places: readonly (readonly string[])[]): Reading | null {
  for (const parts of places) {
    for (let at = parts.length - 1; at >= 0; at--) {
      const found = readAs(parts[at] ?? "", wordBefore(parts, at));
      if (found === null) continue;
      const before = parts[at - 1] ?? "";
      return found.kind === "cid" && /^\d{1,20}$/.test(before) ? { ...found, bucket: before } : found;
    }
  }
  return null;
}

function readAs(text: string, word: IdWord | null): Reading | null {
  const isNumbered = word === "block" || word === "bucket" || word === "era";
  return readId(text, word) ?? (isNumbered ? (readNumber(text, word)[0] ?? null) : null);
}

/** "/block/24817344", and as polkadot.js writes it: "#/explorer/query/24817344". */
function wordBefore(parts: readonly string[], at: number): IdWord | null {
  const before = parts[at - 1] ?? "";
  if (before === "query" && parts[at - 2] === "explorer" && /^\d+$/.test(parts[at] ?? "")) return "block";
  return idWordOf(before);
}

function hashParts(hash: string): string[] {
  return hash
    .replace(/^#\/?/, "")
    .split(/[/?&=]/)
    .map(decoded);
}

function queryParts(query: string): string[] {
  return query.replace(/^\?/, "").split(/[&=]/).map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
