import { decodeBase64 } from "../../kernel/base64-bytes.ts";
import { JsonBytes, unusual, wordTable } from "../../kernel/json-bytes.ts";
import type { ActivityParts } from "./activity-parts.ts";
import { nameRecord } from "./record-name.ts";
import { enumNames } from "./schema.ts";
import { tokenBytes } from "./token-bytes.ts";

const field = {
  id: 0,
  upstream: 1,
  downstream: 2,
  timestamp: 3,
  signature: 4,
  authToken: 5,
  request: 6,
  ack: 7,
  response: 8,
  requestId: 9,
  requestType: 10,
  contentType: 11,
  bucketId: 12,
  pieceCid: 13,
  offset: 14,
  size: 15,
  bytesStoredOrDelivered: 16,
  cpuUnits: 17,
  gpuUnits: 18,
  ramUnits: 19,
  status: 20,
  time: 21,
  peerID: 22,
  algorithm: 23,
  signer: 24,
  value: 25,
} as const;

const requestTypes = wordTable(enumNames.requestType);
const contentTypes = wordTable(enumNames.contentType);
const responseStatuses = wordTable(enumNames.responseStatus);
const algorithms = wordTable(enumNames.algorithm);

/** Base64 characters of the longest byte string that is kept: signatures have 64 bytes, CIDs 36. */
const longestBase64 = 172;
const scratch = Buffer.alloc(132);
const largestU32 = 0xffff_ffff;

/**
 * Reads the usual JSON form of a record straight from its bytes: about a tenth of the time of JSON.parse and the schema.
 * Whatever is unusual (escapes, `null`, repeated or unknown names, long numbers) is left to them, so what this accepts is
 * exactly what they accept; a property test holds the two together.
 */
export class ActivityJsonScanner {
  private readonly json = new JsonBytes(field);
  private bytes: Buffer = scratch;
  private nameFrom = 0;
  private nameTo = 0;

  /** False: not the usual form, or not valid. */
  scan(bytes: Buffer, start: number, end: number, parts: ActivityParts): boolean {
    parts.reset();
    this.bytes = bytes;
    try {
      this.json.begin(bytes, start, end);
      this.record(parts);
      this.json.finish();
      return true;
    } catch (error) {
      if (error === unusual) return false;
      throw error;
    }
  }

  private record(parts: ActivityParts): void {
    const { json } = this;
    let seen = 0;
    let idFrom = 0;
    let idTo = 0;
    this.nameTo = this.nameFrom = 0;
    for (let name = json.enter(); name >= 0; name = json.nextName()) {
      seen = once(seen, name);
      if (name === field.upstream) this.upstream(parts);
      else if (name === field.timestamp) parts.timestamp = json.uint();
      else if (name === field.id) {
        json.base64();
        idFrom = json.from;
        idTo = json.to;
      } else if (name === field.signature) this.recordSignature(parts);
      else if (name === field.downstream) json.array();
      else if (name === field.authToken) this.authToken(parts);
      else throw unusual;
    }
    if (idTo > idFrom) this.nameBy(parts, idFrom, idTo);
    else if (this.nameTo > this.nameFrom) this.nameBy(parts, this.nameFrom, this.nameTo);
  }

  /** Base64 as protobuf JSON writes bytes; any other form is passed over. */
  private authToken(parts: ActivityParts): void {
    const { json } = this;
    if (!json.isText()) {
      json.value(0);
      return;
    }
    json.base64();
    parts.token = tokenBytes(this.bytes.toString("latin1", json.from, json.to));
  }

  private upstream(parts: ActivityParts): void {
    const { json } = this;
    let seen = 0;
    for (let name = json.enter(); name >= 0; name = json.nextName()) {
      seen = once(seen, name);
      if (name === field.request) this.request(parts);
      else if (name === field.ack) this.acknowledgment(parts);
      else if (name === field.response) this.response(parts);
      else throw unusual;
    }
  }

  private request(parts: ActivityParts): void {
    const { json } = this;
    parts.hasRequest = true;
    let seen = 0;
    for (let name = json.enter(); name >= 0; name = json.nextName()) {
      seen = once(seen, name === field.id ? field.pieceCid : name);
      if (name === field.requestId) json.text();
      else if (name === field.requestType) parts.requestType = json.word(requestTypes);
      else if (name === field.bucketId) parts.bucketId = json.uint();
      else if (name === field.pieceCid || name === field.id) parts.piece = this.binary();
      else if (name === field.timestamp) parts.requestAt = json.uint();
      else if (name === field.size) parts.size = json.uint();
      else if (name === field.offset) parts.offset = json.uint();
      else if (name === field.contentType) parts.contentType = json.word(contentTypes);
      else if (name === field.signature) this.requestSignature(parts);
      else throw unusual;
    }
  }

  private acknowledgment(parts: ActivityParts): void {
    const { json } = this;
    parts.hasAck = true;
    let seen = 0;
    for (let name = json.enter(); name >= 0; name = json.nextName()) {
      seen = once(seen, name);
      if (name === field.requestId) json.text();
      else if (name === field.bytesStoredOrDelivered) parts.ackBytes = json.uint();
      else if (name === field.timestamp) parts.ackAt = json.uint();
      else if (name === field.signature) this.signature();
      else if (name === field.cpuUnits || name === field.gpuUnits || name === field.ramUnits) json.uint();
      else throw unusual;
    }
  }

  private response(parts: ActivityParts): void {
    const { json } = this;
    parts.hasResponse = true;
    let seen = 0;
    for (let name = json.enter(); name >= 0; name = json.nextName()) {
      seen = once(seen, name);
      if (name === field.status) parts.responseStatus = json.word(responseStatuses);
      else if (name === field.time) parts.responseMs = this.uint32();
      else if (name === field.peerID) json.base64();
      else throw unusual;
    }
  }

  private recordSignature(parts: ActivityParts): void {
    this.signature();
    parts.isSigned = this.valueTo > this.valueFrom;
    this.nameFrom = this.valueFrom;
    this.nameTo = this.valueTo;
  }

  private requestSignature(parts: ActivityParts): void {
    this.signature();
    if (this.signerTo > this.signerFrom) parts.signer = this.textOf(this.signerFrom, this.signerTo);
  }

  private signerFrom = 0;
  private signerTo = 0;
  private valueFrom = 0;
  private valueTo = 0;

  private signature(): void {
    const { json } = this;
    let seen = 0;
    this.signerFrom = this.signerTo = this.valueFrom = this.valueTo = 0;
    for (let name = json.enter(); name >= 0; name = json.nextName()) {
      seen = once(seen, name);
      if (name === field.signer) {
        json.base64();
        this.signerFrom = json.from;
        this.signerTo = json.to;
      } else if (name === field.value) {
        json.base64();
        this.valueFrom = json.from;
        this.valueTo = json.to;
      } else if (name === field.algorithm) json.word(algorithms);
      else throw unusual;
    }
  }

  private uint32(): number {
    const value = this.json.uint();
    if (value > largestU32) throw unusual;
    return value;
  }

  private binary(): string {
    this.json.base64();
    return this.textOf(this.json.from, this.json.to);
  }

  private textOf(from: number, to: number): string {
    if (to - from > longestBase64) throw unusual;
    return scratch.toString("latin1", 0, decodeBase64(this.bytes, from, to, scratch));
  }

  private nameBy(parts: ActivityParts, from: number, to: number): void {
    if (to - from > longestBase64) throw unusual;
    nameRecord(parts, scratch, decodeBase64(this.bytes, from, to, scratch));
  }
}

/** A name that comes twice is left to the full parser, which takes the last. */
function once(seen: number, name: number): number {
  const bit = 1 << name;
  if ((seen & bit) !== 0) throw unusual;
  return seen | bit;
}
