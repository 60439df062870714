import { createPublicKey, verify as verifyEd25519 } from "node:crypto";
import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { base58 } from "@scure/base";
import { verify as verifySr25519 } from "@scure/sr25519";
import { type Account, signAs } from "../network/account.ts";

/** Operations of DDC's tokens (cere-ddc-sdk-js packages/ddc/protos/auth_token.proto). */
export const operation = { put: 1, get: 2, delete: 3 } as const;

type Payload = {
  prev: AccessToken | null;
  subject: Uint8Array | null;
  canDelegate: boolean;
  bucketId: bigint | null;
  operations: readonly number[];
  expiresAt: bigint | null;
  pieceCid: Uint8Array | null;
};
type Signature = { algorithm: number; signer: Uint8Array; value: Uint8Array };
/** `signed` = what the signature covers: the token without its signature field. */
type AccessToken = { signature: Signature | null; payload: Payload; signed: Uint8Array };

export type Wish = {
  owner: Uint8Array;
  bucketId: bigint;
  cid: Uint8Array | null;
  operation: number;
  at: number;
};

/** A chain is read from the newest token to the one that the owner signed; the proto's comment foresees three to five. */
const longestChain = 5;
const sr25519 = 1;
const maxTokenLength = 4_096;

/** Null when the token allows the wish, else why not. A token is over at the millisecond of its expiry. */
export function refusalOf(text: string, wish: Wish): string | null {
  const chain = readChain(text);
  if (typeof chain === "string") return chain;
  const broken = chain.map(signatureFault).find((fault) => fault !== null);
  if (broken) return broken;
  const [outer] = chain;
  const root = chain.at(-1);
  if (outer?.payload.subject) return "only a token made by its subject is usable";
  if (!root?.signature || !isSame(root.signature.signer, wish.owner))
    return "the signer has no right on this bucket";
  for (const [index, token] of chain.entries()) {
    const fault = scopeFault(token.payload, wish) ?? linkFault(token, chain[index + 1] ?? null);
    if (fault) return fault;
  }
  return null;
}

/** A token by which an account lets anybody who has it read a bucket. Ed25519, as all accounts of the local network are. */
export function issueToken(
  owner: Account,
  grant: { bucketId: string; operations: readonly number[]; expiresAt: number },
): string {
  const payload = new BinaryWriter().tag(3, 0).bool(false).tag(4, 0).uint64(grant.bucketId);
  payload.tag(5, 2).bytes(Uint8Array.from(grant.operations)).tag(6, 0).int64(grant.expiresAt);
  const signed = new BinaryWriter().tag(2, 2).bytes(payload.finish()).finish();
  const signature = new BinaryWriter()
    .tag(2, 2)
    .bytes(owner.publicKey)
    .tag(3, 2)
    .bytes(signAs(owner, signed));
  return base58.encode(
    Buffer.concat([new BinaryWriter().tag(1, 2).bytes(signature.finish()).finish(), signed]),
  );
}

/** The newest token first. */
function readChain(text: string): readonly AccessToken[] | string {
  if (text === "" || text.length > maxTokenLength) return "the token is empty or too long";
  const chain: AccessToken[] = [];
  try {
    for (let token: AccessToken | null = readToken(base58.decode(text)); token; token = token.payload.prev) {
      chain.push(token);
      if (chain.length > longestChain) return "the chain of tokens is too long";
    }
  } catch {
    return "the token cannot be read";
  }
  return chain;
}

function readToken(bytes: Uint8Array): AccessToken {
  let signature: Signature | null = null;
  let payload: Payload | null = null;
  const signed: Uint8Array[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const [field, wire] = reader.tag();
    if (wire !== 2 || (field !== 1 && field !== 2)) throw new Error("no token");
    const inner = reader.bytes();
    if (field === 1) signature = readSignature(inner);
    else payload = readPayload(inner);
    if (field === 2) signed.push(bytes.subarray(from, reader.pos));
  }
  if (!payload) throw new Error("no payload");
  return { signature, payload, signed: Buffer.concat(signed) };
}

function readSignature(bytes: Uint8Array): Signature {
  const signature: Signature = { algorithm: 0, signer: new Uint8Array(0), value: new Uint8Array(0) };
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    requireWire(field === 1 ? wire === 0 : wire === 2);
    if (field === 1) signature.algorithm = reader.uint32();
    else if (field === 2) signature.signer = reader.bytes();
    else if (field === 3) signature.value = reader.bytes();
    else throw new Error("unknown field");
  }
  return signature;
}

function requireWire(isRight: boolean): void {
  if (!isRight) throw new Error("a field has another type");
}

function readPayload(bytes: Uint8Array): Payload {
  const payload: Payload = {
    prev: null,
    subject: null,
    canDelegate: false,
    bucketId: null,
    operations: [],
    expiresAt: null,
    pieceCid: null,
  };
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 1) payload.prev = readToken(reader.bytes());
    else if (field === 2) payload.subject = reader.bytes();
    else if (field === 3) payload.canDelegate = reader.bool();
    else if (field === 4) payload.bucketId = BigInt(reader.uint64());
    else if (field === 5) payload.operations = readOperations(reader, wire, payload.operations);
    else if (field === 6) payload.expiresAt = BigInt(reader.int64());
    else if (field === 7) payload.pieceCid = reader.bytes();
    else reader.skip(wire, field);
  }
  return payload;
}

function readOperations(reader: BinaryReader, wire: number, known: readonly number[]): number[] {
  return wire === 2 ? [...known, ...reader.bytes()] : [...known, reader.uint32()];
}

function signatureFault({ signature, signed }: AccessToken): string | null {
  if (!signature) return "a token of the chain is not signed";
  return isSigned(signature, signed) ? null : "a signature of the chain is wrong";
}

function isSigned({ algorithm, signer, value }: Signature, signed: Uint8Array): boolean {
  try {
    if (algorithm === sr25519) return verifySr25519(signed, value, signer);
    return verifyEd25519(null, signed, ed25519Key(signer), value);
  } catch {
    return false;
  }
}

function ed25519Key(raw: Uint8Array) {
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

function scopeFault(payload: Payload, wish: Wish): string | null {
  if (payload.bucketId !== null && payload.bucketId !== wish.bucketId)
    return "the token is for another bucket";
  if (!payload.operations.includes(wish.operation)) return "the token does not allow this operation";
  if (payload.expiresAt !== null && payload.expiresAt <= BigInt(wish.at)) return "the token has expired";
  if (payload.pieceCid && !(wish.cid && isSame(payload.pieceCid, wish.cid)))
    return "the token is for another piece";
  return null;
}

/** May `child` follow `parent`? */
function linkFault(child: AccessToken, parent: AccessToken | null): string | null {
  if (!parent) return null;
  const { payload } = parent;
  if (!payload.subject || !child.signature || !isSame(payload.subject, child.signature.signer))
    return "a token of the chain was signed by somebody else than its subject";
  if (!payload.canDelegate && child.payload.subject) return "a right was passed on that may not be";
  if (child.payload.operations.some((wanted) => !payload.operations.includes(wanted)))
    return "a token of the chain allows more than the one before";
  const { expiresAt } = child.payload;
  if (payload.expiresAt !== null && expiresAt !== null && expiresAt > payload.expiresAt)
    return "a token of the chain outlives the one before";
  return null;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
