import { isNetworkName, type NetworkName } from "../../kernel/networks.ts";
import { parsePublicKey, toSs58 } from "../../kernel/ss58.ts";

/** What a pasted text can be. Several readings of one text are possible: 32 bytes of hex name many things. */
export type Reading =
  /** Also an account: both are 32 bytes. `wasSs58` tells how it was written. */
  | { kind: "key"; hex: string; ss58: string; wasSs58: boolean }
  | { kind: "cluster"; id: string }
  | { kind: "height"; height: number }
  | { kind: "cid"; cid: string }
  | { kind: "misspelt_account"; text: string }
  | { kind: "page"; href: string; network: NetworkName; node: string | null; cluster: string | null };

/** Reads an id out of what somebody pasted: with quotes, spaces, line breaks, thousands separators, or in an address. */
export function readIdentifier(pasted: string): Reading | null {
  const text = unwrapped(pasted);
  return readAddress(text) ?? readId(text.replace(/\s+/g, "")) ?? readHeight(text);
}

/** The words to search names with; empty when the text is an id and nothing else. */
export function searchWords(pasted: string): string {
  const text = unwrapped(pasted);
  return hostOf(text) ?? text.replace(/\s+/g, " ").slice(0, 200);
}

function readId(text: string): Reading | null {
  const hex = /^(?:0x)?([0-9a-f]{64}|[0-9a-f]{40})$/i.exec(text)?.[1]?.toLowerCase();
  if (hex?.length === 40) return { kind: "cluster", id: `0x${hex}` };
  const key = parsePublicKey(hex ? `0x${hex}` : text);
  if (key !== null) return { kind: "key", hex: key, ss58: toSs58(key), wasSs58: hex === undefined };
  if (/^b[a-z2-7]{58}$/i.test(text)) return { kind: "cid", cid: text.toLowerCase() };
  if (/^[56][1-9A-HJ-NP-Za-km-z]{46,47}$/.test(text)) return { kind: "misspelt_account", text };
  return null;
}

/** "#24,817,344", "24 817 344", "24817344": at least four digits, so that "s07" and "12" stay words. */
function readHeight(text: string): Reading | null {
  const digits = text.replace(/^(?:#|block\s*#?)\s*/i, "");
  const isMarked = digits.length !== text.length;
  if (!/^\d{1,3}(?:[ ,_.'\u2009\u202f]\d{3})+$|^\d+$/.test(digits)) return null;
  const height = Number(digits.replace(/\D/g, ""));
  if (!Number.isSafeInteger(height) || height > 0xffff_ffff) return null;
  return isMarked || height >= 1_000 ? { kind: "height", height } : null;
}

/** An address of this console, with or without host: the path says what it shows. */
function readAddress(text: string): Reading | null {
  const path = /^(?:https?:\/\/[^/\s]+)?(\/[^\s?#]*)/i.exec(text)?.[1];
  if (path === undefined) return null;
  const [network = "", section = "", id = ""] = path.split("/").slice(1).map(decoded);
  if (!isNetworkName(network)) return null;
  const found = id === "" ? null : readId(id);
  if (section === "nodes" && found?.kind === "key")
    return { kind: "page", href: `/${network}/nodes/${found.hex}`, network, node: found.hex, cluster: null };
  if (section === "clusters" && found?.kind === "cluster")
    return { kind: "page", href: `/${network}/clusters/${found.id}`, network, node: null, cluster: found.id };
  const isList = ["", "nodes", "clusters"].includes(section) && id === "";
  if (!isList) return null;
  const href = section === "" ? `/${network}` : `/${network}/${section}`;
  return { kind: "page", href, network, node: null, cluster: null };
}

/** Of a node's own address: "https://s07.fsn1.example:8080/info" → "s07.fsn1.example". */
function hostOf(text: string): string | null {
  return /^https?:\/\/([^/:\s?#]+)/i.exec(text)?.[1]?.toLowerCase() ?? null;
}

const quotes = /^[\s"'`“”‘’<>()[\]{},;]+|[\s"'`“”‘’<>()[\]{},;.]+$/g;

function unwrapped(pasted: string): string {
  return pasted
    .normalize("NFKC")
    .replace(/[\u200b-\u200d\ufeff]/g, "")
    .replace(quotes, "");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
