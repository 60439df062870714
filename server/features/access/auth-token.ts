import { base58 } from "@scure/base";
import { ProtobufBytes } from "../../kernel/protobuf-bytes.ts";
import { type Signature, splitSigned } from "./signed-message.ts";
import { isSignedBy } from "./verify-signature.ts";

/** AuthToken {signature 1, payload 2} and its payload, npm @cere-ddc-sdk/ddc protos/auth_token. */
const tokenFields = { signature: 1, payload: 2 } as const;
const payloadFields = {
  prev: 1,
  subject: 2,
  canDelegate: 3,
  bucketId: 4,
  operations: 5,
  expiresAt: 6,
  pieceCid: 7,
};
export const tokenOperations = ["unknown", "put", "get", "delete"] as const;
export type TokenOperation = (typeof tokenOperations)[number];

const longestText = 4_000;
/** The proto's comment foresees chains of three to five. */
const longestChain = 5;
const longestParsed = 32;

export type AuthToken = {
  signature: Signature | null;
  isSignatureGood: boolean;
  subject: string | null;
  canDelegate: boolean;
  bucket: bigint | null;
  operations: readonly TokenOperation[];
  /** ms; null = no end. */
  expiresAt: number | null;
  piece: string | null;
};

/** The last token first, the one that the owner signed at the end. */
export type TokenChain = readonly AuthToken[];

export type TokenUse = {
  /** Public key of the bucket's owner, hex without 0x; null = not known. */
  owner: string | null;
  bucket: bigint;
  at: Date;
};
export type TokenVerdict =
  | { kind: "valid" }
  | { kind: "invalid"; reason: string }
  /** Everything else holds, and nobody told who owns the bucket. */
  | { kind: "unknown-owner" };

/** Reads base58 text, or null: letters that base58 has not, cut or damaged bytes. */
export function parseTokenText(text: string): TokenChain | null {
  if (text.length === 0 || text.length > longestText) return null;
  try {
    return parseToken(base58.decode(text));
  } catch {
    return null;
  }
}

/** Throws what `ProtobufBytes` throws when the bytes are no token. Checking signatures costs milliseconds each. */
export function parseToken(bytes: Uint8Array, how: "checked" | "without signatures" = "checked"): TokenChain {
  const chain: AuthToken[] = [];
  for (let rest: Uint8Array | null = bytes; rest !== null && chain.length < longestParsed; ) {
    const { message, signature } = splitSigned(rest, tokenFields.signature);
    const payload = readPayload(payloadOf(message));
    const isSignatureGood = how === "checked" && signature !== null && isSignedBy(signature, message);
    const { prev, ...facts } = payload;
    chain.push({ ...facts, signature, isSignatureGood });
    rest = prev;
  }
  return chain;
}

function payloadOf(message: Uint8Array): Uint8Array {
  const reader = new ProtobufBytes();
  reader.begin(message, 0, message.length);
  let payload = new Uint8Array(0);
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === tokenFields.payload) payload = message.slice(reader.from, reader.to);
  return payload;
}

type Payload = Omit<AuthToken, "signature" | "isSignatureGood"> & { prev: Uint8Array | null };

function readPayload(bytes: Uint8Array): Payload {
  const reader = new ProtobufBytes();
  const payload: Payload = {
    prev: null,
    subject: null,
    canDelegate: false,
    bucket: null,
    operations: [],
    expiresAt: null,
    piece: null,
  };
  reader.begin(bytes, 0, bytes.length);
  for (let field = reader.next(); field > 0; field = reader.next()) {
    const part = () => bytes.slice(reader.from, reader.to);
    if (field === payloadFields.prev) payload.prev = part();
    else if (field === payloadFields.subject) payload.subject = hexOf(part());
    else if (field === payloadFields.canDelegate) payload.canDelegate = reader.varint === 1;
    else if (field === payloadFields.bucketId) payload.bucket = BigInt(reader.varint);
    else if (field === payloadFields.operations) payload.operations = Array.from(part(), operationOf);
    else if (field === payloadFields.expiresAt) payload.expiresAt = Number(reader.varint);
    else if (field === payloadFields.pieceCid) payload.piece = hexOf(part());
  }
  return payload;
}

function operationOf(code: number): TokenOperation {
  return tokenOperations[code] ?? "unknown";
}

/**
 * Whether a chain of tokens opens a bucket at a time. A token that ends at this very moment has ended. No public verifier
 * exists; the rules are those of the comments in auth_token.proto.
 */
export function judgeToken(chain: TokenChain, { owner, bucket, at }: TokenUse): TokenVerdict {
  const root = chain.at(-1);
  if (!root) return invalid("there is no token");
  if (chain.length > longestChain)
    return invalid(`a chain of ${chain.length} tokens; ${longestChain} are foreseen`);
  const fault = linkFault(chain) ?? scopeFault(chain, bucket) ?? endFault(chain, at);
  if (fault) return invalid(fault);
  if (owner === null) return { kind: "unknown-owner" };
  if (signerOf(root) !== owner) return invalid("its first signer does not own the bucket");
  return { kind: "valid" };
}

function invalid(reason: string): TokenVerdict {
  return { kind: "invalid", reason };
}

/** Signatures, and that each token was passed on by whom the one before it names. */
function linkFault(chain: TokenChain): string | null {
  for (const [index, token] of chain.entries()) {
    const parent = chain[index + 1];
    if (token.signature === null) return "not signed";
    if (!token.isSignatureGood)
      return index === 0 ? "its signature does not fit" : "a signature inside the chain does not fit";
    if (index === 0 && token.subject !== null) return "it is for somebody to pass on, and was not passed on";
    if (!parent) continue;
    if (parent.subject !== null && parent.subject !== signerOf(token))
      return "passed on by somebody else than it was given to";
    if (token.subject !== null && !parent.canDelegate) return "passed on by somebody who may not";
  }
  return null;
}

function scopeFault(chain: TokenChain, bucket: bigint): string | null {
  for (const [index, token] of chain.entries()) {
    if (token.bucket !== null && token.bucket !== bucket) return `it is for bucket ${token.bucket}`;
    const parent = chain[index + 1];
    if (!parent || parent.operations.length === 0) continue;
    const wider = token.operations.find((operation) => !parent.operations.includes(operation));
    if (wider) return `${wider.toUpperCase()} is not in the token that it was made from`;
  }
  return null;
}

function endFault(chain: TokenChain, at: Date): string | null {
  for (const [index, { expiresAt }] of chain.entries()) {
    const parentEnd = chain[index + 1]?.expiresAt ?? null;
    if (expiresAt !== null && expiresAt <= at.getTime())
      return `it ended ${new Date(expiresAt).toISOString()}`;
    if (expiresAt !== null && parentEnd !== null && expiresAt > parentEnd)
      return "it ends after the token that it was made from";
  }
  return null;
}

export function signerOf({ signature }: AuthToken): string | null {
  return signature === null ? null : hexOf(signature.signer);
}

/** The first end of all tokens of the chain, ms. */
export function chainEnd(chain: TokenChain): number | null {
  const ends = chain.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]));
  return ends.length === 0 ? null : Math.min(...ends);
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
