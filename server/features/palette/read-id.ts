import { cidTextLength } from "../../kernel/cid/cid.ts";
import { parseCid } from "../../kernel/cid/parse-cid.ts";
import { networks } from "../../kernel/networks.ts";
import { readSs58, toSs58 } from "../../kernel/ss58.ts";
import type { IdWord, Reading } from "./reading.ts";

/** One id without anything around it; what nearly is one comes back as `broken`. Null = it looks like no id. */
export function readId(text: string, word: IdWord | null = null): Reading | null {
  return (
    readRecord(text) ??
    readAgent(text) ??
    readHex(text, word) ??
    readCid(text, word) ??
    readAccount(text, word) ??
    readExtrinsic(text) ??
    readTicket(text, word) ??
    readPerson(text)
  );
}

function readHex(text: string, word: IdWord | null): Reading | null {
  const [, mark = "", digits = ""] = /^(0x)?([0-9a-f]+)$/i.exec(text) ?? [];
  const hex = `0x${digits.toLowerCase()}`;
  if (digits.length === 64) return readBytes32(hex, word);
  if (digits.length === 40) return { kind: "cluster", id: hex };
  if (mark === "") return null;
  return brokenHex(text);
}

function readBytes32(hex: string, word: IdWord | null): Reading {
  const genesis = networks.find(({ genesisHash }) => genesisHash === hex);
  if (genesis) return { kind: "genesis", hex, network: genesis.name };
  if (word === "block" || word === "extrinsic") return { kind: "hash", hex, word };
  return { kind: "key", hex, ss58: toSs58(hex), prefix: null, word };
}

/** Shorter ones are the beginning of a key, which is searched; from here on somebody meant a whole id. */
const surelyMeant = 24;

function brokenHex(text: string): Reading | null {
  const count = text.length - 2;
  if (count < surelyMeant) return null;
  const wanted = count > 50 ? 64 : 40;
  const [name, gap] = [wanted === 64 ? "A key or hash" : "A cluster id", count - wanted];
  const reason = `${name} has ${wanted} hex digits after 0x; here are ${count}, ${Math.abs(gap)} too ${gap > 0 ? "many" : "few"}.`;
  return {
    kind: "broken",
    what: "hex",
    text,
    at: Math.min(text.length, 2 + wanted),
    length: Math.max(0, gap),
    reason,
  };
}

function readCid(text: string, word: IdWord | null): Reading | null {
  const parsed = parseCid(text);
  if (parsed.kind === "cid") return cidReading(parsed.cid);
  const foreign = foreignCid(text);
  if (foreign !== null) return { kind: "foreign_cid", text, what: foreign };
  const lower = parseCid(text.toLowerCase());
  if (lower.kind === "cid" && text === text.toUpperCase()) return cidReading(lower.cid);
  if (!looksLikeCid(text, word)) return readWrongHexLetter(text);
  const { at, length, reason, hint } = parsed.fault;
  return { kind: "broken", what: "cid", text, at, length, reason: hint ? `${reason} ${hint}` : reason };
}

function cidReading({
  text,
  kind,
}: {
  text: string;
  kind: "dag-node" | "raw-piece" | "multipart-piece";
}): Reading {
  return { kind: "cid", cid: text, content: kind, bucket: null };
}

/** Public formats that are content ids elsewhere (multiformats/cid), so that nobody looks for a typing error. */
function foreignCid(text: string): string | null {
  if (/^Qm[1-9A-HJ-NP-Za-km-z]{44}$/.test(text)) return "an IPFS CID of version 0 (SHA-256)";
  if (/^baf[ky]bei[a-z2-7]{52}$/.test(text) || /^bafkrei[a-z2-7]{52}$/.test(text))
    return "an IPFS CID of version 1 (SHA-256)";
  return /^bafk2bz[a-z2-7]{30,}$/.test(text)
    ? "an old CID with BLAKE2b, as the first DDC tools made them"
    : null;
}

/** Begins as CIDs of DDC do and is about as long, or is said to be one. */
function looksLikeCid(text: string, word: IdWord | null): boolean {
  const isClose = Math.abs(text.length - cidTextLength) <= 12 && /^[a-z0-9]+$/i.test(text);
  if (word === "cid") return isClose || /^bae[a-z0-9]{8,}$/i.test(text);
  return isClose && /^[bB8][aA4][eE3]/.test(text);
}

function readWrongHexLetter(text: string): Reading | null {
  if (!/^0x[0-9a-z]+$/i.test(text) || text.length - 2 < surelyMeant) return null;
  const at = 2 + text.slice(2).search(/[^0-9a-f]/i);
  const reason = `"${text[at]}" is no hex digit: they are 0–9 and a–f.`;
  return { kind: "broken", what: "hex", text, at, length: 1, reason };
}

function readAccount(text: string, word: IdWord | null): Reading | null {
  const read = readSs58(text);
  if (read.kind === "key")
    return { kind: "key", hex: read.hex, ss58: toSs58(read.hex), prefix: read.prefix, word };
  const isMeant =
    /^[56][0-9A-Za-z]{44,50}$/.test(text) || (word === "account" && /^[0-9A-Za-z]{40,52}$/.test(text));
  if (!isMeant) return null;
  return { kind: "broken", what: "account", text, at: read.at, length: read.length, reason: read.reason };
}

/** `<public key>:<alias>`, with the version that some texts add. */
function readAgent(text: string): Reading | null {
  const [, owner = "", alias = "", version = null] =
    /^((?:0x)?[0-9a-f]{64}|[1-9A-HJ-NP-Za-km-z]{46,50}):([A-Za-z0-9][A-Za-z0-9._-]{0,99})(?:@([\w.+-]{1,40}))?$/i.exec(
      text,
    ) ?? [];
  if (alias === "") return null;
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(owner))
    return { kind: "agent", key: `0x${owner.replace(/^0x/i, "").toLowerCase()}`, alias, version };
  const read = readSs58(owner);
  if (read.kind === "key") return { kind: "agent", key: read.hex, alias, version };
  return {
    kind: "broken",
    what: "agent",
    text,
    at: read.at,
    length: read.length,
    reason: `Its key: ${read.reason}`,
  };
}

const largestOffset = 2n ** 63n - 1n;

/** `topic/partition@offset`. */
function readRecord(text: string): Reading | null {
  const [, topic = "", partition = "", offset = ""] =
    /^([A-Za-z0-9._-]{1,249})\/(\d{1,9})@(\d{1,30})$/.exec(text) ?? [];
  if (topic === "") return null;
  if (BigInt(offset) <= largestOffset)
    return { kind: "record", topic, partition: Number(partition), offset: BigInt(offset).toString() };
  const reason = "No offset is so large: Kafka counts to 2^63 − 1.";
  return {
    kind: "broken",
    what: "record",
    text,
    at: text.length - offset.length,
    length: offset.length,
    reason,
  };
}

/** `24817344-2`, also with leading zeros and a hash behind, as squids write it: `0024817344-000002-7f3ab`. */
function readExtrinsic(text: string): Reading | null {
  const [, height = "", index = ""] =
    /^(\d{1,3}(?:,\d{3})+|\d{4,10})-(\d{1,6})(?:-[0-9a-f]{5})?$/i.exec(text) ?? [];
  const number = Number(height.replaceAll(",", ""));
  if (index === "" || number > 0xffff_ffff || /^20\d\d-(0\d|1[0-2])$/.test(text)) return null;
  return { kind: "extrinsic", height: number, index: Number(index) };
}

/** `A-4127`, `INC-88`, or a number or fingerprint that is said to be one. */
function readTicket(text: string, word: IdWord | null): Reading | null {
  const [, letters = "", number = ""] = /^(A|INC)-(\d{1,12})$/i.exec(text) ?? [];
  if (letters !== "") {
    const id = `${letters.toUpperCase()}-${number}`;
    return letters.toUpperCase() === "A" ? { kind: "alert", id } : { kind: "incident", id };
  }
  if (word === "alert" && /^(\d{1,12}|[0-9a-f]{16}|[0-9a-f-]{36})$/i.test(text))
    return { kind: "alert", id: text.toLowerCase() };
  return word === "incident" && /^\d{1,12}$/.test(text) ? { kind: "incident", id: text } : null;
}

function readPerson(text: string): Reading | null {
  const isEmail = text.length <= 254 && /^[^\s@/:]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text);
  return isEmail ? { kind: "person", email: text.toLowerCase() } : null;
}
