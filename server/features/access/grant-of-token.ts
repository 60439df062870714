import { malformed, ProtobufBytes } from "../../kernel/protobuf-bytes.ts";
import type { GrantFacts } from "../../ports/directory.ts";
import { chainEnd, parseToken, signerOf, tokenOperations } from "./auth-token.ts";

const payloadField = 2;
const prevField = 1;

/**
 * The part of a token that names its grant: the SDK makes a new token for every call and chains it to the one it was
 * given, so that one counts; a token without a chain is its own payload. Null when the bytes are no token.
 */
export function grantPart(token: Uint8Array): Uint8Array | null {
  try {
    const payload = partOf(token, payloadField);
    if (payload === null) return null;
    return partOf(payload, prevField) ?? payload;
  } catch (error) {
    if (error === malformed) return null;
    throw error;
  }
}

/** What the token says; whether its signatures are good is for whoever looks at the record. Null when it is no token. */
export function describeGrant(token: Uint8Array): GrantFacts | null {
  try {
    const chain = parseToken(token, "without signatures");
    const root = chain.at(-1);
    const given = chain.length > 1 ? chain.slice(1) : chain;
    if (!root) return null;
    return {
      bucket: chain.find(({ bucket }) => bucket !== null)?.bucket ?? null,
      giver: signerOf(root),
      holder: given[0]?.subject ?? null,
      operations: tokenOperations
        .slice(1)
        .reduce(
          (bits, operation, index) =>
            given.every(({ operations }) => operations.length === 0 || operations.includes(operation))
              ? bits | (1 << index)
              : bits,
          0,
        ),
      links: chain.length,
      expiresAt: chainEnd(given),
    };
  } catch (error) {
    if (error === malformed) return null;
    throw error;
  }
}

function partOf(bytes: Uint8Array, number: number): Uint8Array | null {
  const reader = new ProtobufBytes();
  reader.begin(bytes, 0, bytes.length);
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === number) return bytes.subarray(reader.from, reader.to);
  return null;
}
