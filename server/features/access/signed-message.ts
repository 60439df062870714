import { ProtobufBytes, wireType } from "../../kernel/protobuf-bytes.ts";

/** Signature {algorithm, signer, value} of npm @cere-ddc-sdk/ddc protos/signature; zero is left out on the wire. */
const fields = { algorithm: 1, signer: 2, value: 3 } as const;

export type Algorithm = "ed25519" | "sr25519";
export type Signature = { algorithm: Algorithm; signer: Uint8Array; value: Uint8Array };
/** `message` is what was signed: the bytes of all other fields, unknown ones too, in the order in which they stand. */
export type SignedMessage = { message: Uint8Array; signature: Signature | null };

/** Takes the signature field out of a protobuf message. Throws `malformed`. */
export function splitSigned(bytes: Uint8Array, signatureField: number): SignedMessage {
  const [signature] = fieldsOf(bytes, signatureField);
  return {
    message: withoutField(bytes, signatureField),
    signature: signature ? readSignature(signature) : null,
  };
}

/** The bytes of each field of that number and type, in order. Throws `malformed`. */
export function fieldsOf(bytes: Uint8Array, number: number): Uint8Array[] {
  const reader = new ProtobufBytes();
  const found: Uint8Array[] = [];
  reader.begin(bytes, 0, bytes.length);
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === number && reader.wire === wireType.bytes)
      found.push(bytes.subarray(reader.from, reader.to));
  return found;
}

/** The message without one field. Throws `malformed`. */
export function withoutField(message: Uint8Array, number: number): Uint8Array {
  const reader = new ProtobufBytes();
  const kept: Uint8Array[] = [];
  reader.begin(message, 0, message.length);
  for (let from = 0, field = reader.next(); field > 0; from = reader.position, field = reader.next())
    if (field !== number) kept.push(message.subarray(from, reader.position));
  return joined(kept);
}

function readSignature(bytes: Uint8Array): Signature | null {
  const reader = new ProtobufBytes();
  let algorithm: Algorithm | null = "ed25519";
  let signer = new Uint8Array(0);
  let value = new Uint8Array(0);
  reader.begin(bytes, 0, bytes.length);
  for (let field = reader.next(); field > 0; field = reader.next()) {
    if (field === fields.algorithm) algorithm = algorithmOf(reader.varint);
    else if (field === fields.signer) signer = bytes.slice(reader.from, reader.to);
    else if (field === fields.value) value = bytes.slice(reader.from, reader.to);
  }
  return algorithm === null || value.length === 0 ? null : { algorithm, signer, value };
}

function algorithmOf(code: number | bigint): Algorithm | null {
  if (code === 0) return "ed25519";
  return code === 1 ? "sr25519" : null;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
