import { hexOf } from "./auth-token.ts";
import { type Algorithm, fieldsOf, type Signature, splitSigned, withoutField } from "./signed-message.ts";
import { isSignedBy } from "./verify-signature.ts";

/** Field numbers of the two public layouts of ActivityRecord (server/features/activity/protobuf-scanner.ts). */
const layouts = {
  newest: { upstream: 2, downstream: 3, signature: 5 },
  older: { upstream: 1, downstream: 2, signature: 10 },
} as const;
export type RecordLayout = keyof typeof layouts;
const fulfillment = { request: 1, ack: 2 } as const;
const requestFields = { pieceCid: 6, signature: 10 } as const;
const ackSignature = 4;

export type SignatureCheck = {
  of: "record" | "request" | "acknowledgement";
  verdict: "good" | "bad" | "absent";
  algorithm: Algorithm | null;
  /** Public key, hex. */
  signer: string | null;
  /** Bytes that were signed. */
  bytes: number;
  note: string | null;
};

export type RecordCheck = { checks: SignatureCheck[]; downstream: SignatureCheck[] };

/** Checks every signature of a record. Throws what `ProtobufBytes` throws when the bytes are no record. */
export function checkRecord(bytes: Uint8Array, layout: RecordLayout): RecordCheck {
  const fields = layouts[layout];
  const [upstream = new Uint8Array(0)] = fieldsOf(bytes, fields.upstream);
  const record = splitSigned(bytes, fields.signature);
  return {
    checks: [checkOf("record", record.signature, record.message), ...checkFulfillment(upstream)],
    downstream: fieldsOf(bytes, fields.downstream).flatMap(checkFulfillment),
  };
}

function checkFulfillment(bytes: Uint8Array): SignatureCheck[] {
  const requests = fieldsOf(bytes, fulfillment.request).map(checkRequest);
  const acks = fieldsOf(bytes, fulfillment.ack).map(checkAcknowledgment);
  return [...requests, ...acks];
}

/** A client that stores does not know the CID yet: its signature may leave it out (ddc-api src/verification.rs). */
export function checkRequest(bytes: Uint8Array): SignatureCheck {
  const { message, signature } = splitSigned(bytes, requestFields.signature);
  const check = checkOf("request", signature, message);
  if (check.verdict !== "bad" || signature === null) return check;
  const without = withoutField(message, requestFields.pieceCid);
  if (without.length === message.length || !isSignedBy(signature, without)) return check;
  return { ...check, verdict: "good", bytes: without.length, note: "signed before its CID was known" };
}

export function checkAcknowledgment(bytes: Uint8Array): SignatureCheck {
  const { message, signature } = splitSigned(bytes, ackSignature);
  return checkOf("acknowledgement", signature, message);
}

function checkOf(of: SignatureCheck["of"], signature: Signature | null, message: Uint8Array): SignatureCheck {
  if (signature === null)
    return { of, verdict: "absent", algorithm: null, signer: null, bytes: message.length, note: null };
  const verdict = isSignedBy(signature, message) ? "good" : "bad";
  const { algorithm, signer } = signature;
  return { of, verdict, algorithm, signer: hexOf(signer), bytes: message.length, note: null };
}
