import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { readField } from "../../kernel/cid/proto-fields.ts";
import type { ByteRange } from "../../ports/content-store.ts";

/** Messages of a storage node's read services, by the field numbers of cere-ddc-sdk-js packages/ddc/protos. */
export const rpc = {
  getFile: "/file.FileApi/getFile",
  getNode: "/dag.DagApi/Get",
  getRecord: "/cns.CnsApi/Get",
} as const;

/** `GetFileRequest.request`; the end of a range is included. */
export function fileRequest(cid: Uint8Array, bucket: string, range: ByteRange): Buffer {
  const inner = new BinaryWriter().tag(1, 2).bytes(cid).tag(2, 0).uint64(bucket);
  const bounds = new BinaryWriter();
  if (range.from > 0) bounds.tag(1, 0).uint64(range.from);
  bounds.tag(2, 0).uint64(range.to - 1);
  inner.tag(3, 2).bytes(bounds.finish());
  return Buffer.from(new BinaryWriter().tag(1, 2).bytes(inner.finish()).finish());
}

export function nodeRequest(cid: Uint8Array, bucket: string): Buffer {
  return Buffer.from(new BinaryWriter().tag(1, 0).uint64(bucket).tag(2, 2).bytes(cid).finish());
}

export function recordRequest(name: string, bucket: string): Buffer {
  return Buffer.from(new BinaryWriter().tag(1, 0).uint64(bucket).tag(2, 2).string(name).finish());
}

/** The bytes of a field as they stand in the message; null when it is not there. Throws when it is no message. */
export function bytesField(message: Uint8Array, number: number): Uint8Array | null {
  return fieldOf(message, number, 2)?.bytes ?? null;
}

export function numberField(message: Uint8Array, number: number): number | null {
  const field = fieldOf(message, number, 0);
  return field ? Number(field.varint) : null;
}

function fieldOf(
  message: Uint8Array,
  number: number,
  wire: number,
): { bytes: Uint8Array; varint: bigint } | null {
  let found: { bytes: Uint8Array; varint: bigint } | null = null;
  for (let at = 0; at < message.length; ) {
    const field = readField(message, at, message.length);
    if (field.number === number && field.wire === wire)
      found = { bytes: message.subarray(field.from, field.to), varint: field.varint };
    at = field.to;
  }
  return found;
}
