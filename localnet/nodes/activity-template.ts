import { recordTail } from "../kafka/record-batch.ts";
import type { LocalNode } from "../network/local-node.ts";
import type { Random } from "../network/random.ts";
import { asJson, asProtobuf, idBytes, standIns } from "./activity-encoding.ts";
import type { ActivityFacts } from "./activity-facts.ts";

/**
 * A record that is encoded but for its ids and times, which are written in place: a few hundred nanoseconds a record
 * where encoding takes ten microseconds.
 */
export type ActivityTemplate = {
  facts: ActivityFacts;
  tail: Uint8Array;
  /** Where the value is within the tail. */
  valueAt: number;
  valueBytes: number;
  encoding: "json" | "protobuf";
  /** Positions within the tail. */
  idAt: number;
  requestIdsAt: readonly number[];
  times: readonly StampedTime[];
};

/** `offsetMs` is added to the record's time. Clients sign their own times, so only the node's follow its clock. */
type StampedTime = { at: number; offsetMs: number; isNodeTime: boolean };

/** Some agents write JSON and some protobuf; one in ten names its node in a header instead of the key. */
export function encodingOf(node: LocalNode): "json" | "protobuf" {
  return node.number % 5 < 2 ? "protobuf" : "json";
}

export function keyOf(node: LocalNode): Uint8Array | null {
  return node.number % 10 === 7 ? null : Buffer.from(node.account.hex);
}

export function headersOf(node: LocalNode): Record<string, string> {
  const encoding = encodingOf(node);
  const contentType = encoding === "json" ? "application/json" : "application/x-protobuf";
  // A reader takes a record without the header for JSON.
  const isSilent = encoding === "json" && node.number % 2 === 0;
  return {
    ...(isSilent ? {} : { "content-type": contentType }),
    ...(keyOf(node) === null ? { "ddc-node": node.account.hex } : {}),
  };
}

export function activityTemplate(node: LocalNode, facts: ActivityFacts, random: Random): ActivityTemplate {
  const encoding = encodingOf(node);
  const record = { facts, nodeKey: node.account.publicKey, stand: standIns, random };
  const value = encoding === "json" ? asJson(record) : asProtobuf(record);
  const { tail, valueAt } = recordTail({ key: keyOf(node), value, headers: headersOf(node) });
  const find = (needle: Uint8Array) => positionsOf(tail, needle, valueAt);
  const id = encoding === "json" ? Buffer.from(Buffer.from(standIns.id).toString("base64")) : standIns.id;
  const timesOf = (standIn: number, offsetMs: number): StampedTime[] =>
    find(encodeTime(standIn, encoding)).map((at) => ({
      at,
      offsetMs,
      isNodeTime: standIn === standIns.recordedAt,
    }));
  return {
    facts,
    tail,
    valueAt,
    valueBytes: value.length,
    encoding,
    idAt: find(id)[0] ?? 0,
    requestIdsAt: find(Buffer.from(standIns.requestId)),
    times: [
      ...timesOf(standIns.requestedAt, -facts.latencyMs - 1),
      ...timesOf(standIns.acknowledgedAt, -1),
      ...timesOf(standIns.recordedAt, 0),
    ],
  };
}

const hexDigits = Buffer.from("0123456789abcdef");
const base64Digits = Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const uuidShape = Buffer.from(standIns.requestId);
const dash = 0x2d;
/** Positions in a UUID that say which kind it is. */
const uuidFixed = new Set([14, 19]);

/** Makes the copy of a template that begins at `start` of `target` a record of its own. */
export function stampRecord(
  template: ActivityTemplate,
  { target, start, at, skewMs }: { target: Uint8Array; start: number; at: number; skewMs: number },
  nextWord: () => number,
): void {
  const { encoding, idAt, requestIdsAt, times } = template;
  if (encoding === "json") writeDigits(target, start + idAt, (idBytes * 4) / 3, nextWord);
  else writeBytes(target, start + idAt, nextWord);
  const [first, ...others] = requestIdsAt;
  if (first !== undefined) {
    writeUuid(target, start + first, nextWord);
    for (const other of others)
      target.copyWithin(start + other, start + first, start + first + uuidShape.length);
  }
  for (const time of times) {
    const milliseconds = at + time.offsetMs + (time.isNodeTime ? skewMs : 0);
    if (encoding === "json") writeDecimal(target, start + time.at, milliseconds);
    else writeTimeVarint(target, start + time.at, milliseconds);
  }
}

function writeDigits(target: Uint8Array, at: number, count: number, nextWord: () => number): void {
  let word = 0;
  for (let index = 0; index < count; index++) {
    if (index % 5 === 0) word = nextWord();
    target[at + index] = base64Digits[word & 63] ?? 0;
    word >>>= 6;
  }
}

function writeBytes(target: Uint8Array, at: number, nextWord: () => number): void {
  for (let index = 0; index < idBytes; index += 4) {
    const word = nextWord();
    target[at + index] = word;
    target[at + index + 1] = word >>> 8;
    target[at + index + 2] = word >>> 16;
    target[at + index + 3] = word >>> 24;
  }
}

function writeUuid(target: Uint8Array, at: number, nextWord: () => number): void {
  let word = 0;
  let left = 0;
  for (let index = 0; index < uuidShape.length; index++) {
    if (uuidShape[index] === dash || uuidFixed.has(index)) continue;
    if (left === 0) {
      word = nextWord();
      left = 8;
    }
    target[at + index] = hexDigits[word & 15] ?? 0;
    word >>>= 4;
    left--;
  }
}

/** 13 digits: milliseconds from 2001 to 2286. */
function writeDecimal(target: Uint8Array, at: number, milliseconds: number): void {
  let high = Math.floor(milliseconds / 1e6);
  let low = milliseconds - high * 1e6;
  for (let index = 12; index >= 7; index--) {
    target[at + index] = 48 + (low % 10);
    low = (low / 10) | 0;
  }
  for (let index = 6; index >= 0; index--) {
    target[at + index] = 48 + (high % 10);
    high = (high / 10) | 0;
  }
}

/** 6 bytes: milliseconds from 1971 to 2109. */
function writeTimeVarint(target: Uint8Array, at: number, milliseconds: number): void {
  const high = Math.floor(milliseconds / 2 ** 28);
  const low = milliseconds - high * 2 ** 28;
  target[at] = (low & 127) | 128;
  target[at + 1] = ((low >>> 7) & 127) | 128;
  target[at + 2] = ((low >>> 14) & 127) | 128;
  target[at + 3] = ((low >>> 21) & 127) | 128;
  target[at + 4] = (high & 127) | 128;
  target[at + 5] = high >>> 7;
}

function encodeTime(milliseconds: number, encoding: "json" | "protobuf"): Uint8Array {
  if (encoding === "json") return Buffer.from(String(milliseconds));
  const bytes = new Uint8Array(6);
  writeTimeVarint(bytes, 0, milliseconds);
  return bytes;
}

function positionsOf(haystack: Uint8Array, needle: Uint8Array, from: number): number[] {
  const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  const found: number[] = [];
  for (let at = bytes.indexOf(needle, from); at >= 0; at = bytes.indexOf(needle, at + 1)) found.push(at);
  return found;
}
