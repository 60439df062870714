import { BinaryWriter } from "@bufbuild/protobuf/wire";
import type { Cid } from "./cid.ts";

/** A link of a DAG node. `size` is cumulative: what it names and everything below. */
export type DagLink = { cid: Cid; name: string; size: bigint };
export type DagTag = { key: string; value: string };

/** Message `dag.Node` of DDC (cere-ddc-sdk-js packages/ddc/protos/dag_api.proto). */
export type DagNode = { data: Uint8Array; links: readonly DagLink[]; tags: readonly DagTag[] };

export const dagFields = {
  node: { data: 1, links: 2, tags: 3 },
  link: { cid: 1, name: 2, size: 3 },
  tag: { key: 1, value: 2 },
} as const;

/** The one encoding whose BLAKE3 is the CID: fields in the order of their numbers, empty and zero ones left out. */
export function encodeDagNode({ data, links, tags }: DagNode): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  const { node } = dagFields;
  if (data.length > 0) writer.uint32(bytesTag(node.data)).bytes(data);
  for (const link of links) writer.uint32(bytesTag(node.links)).bytes(encodeLink(link));
  for (const tag of tags) writer.uint32(bytesTag(node.tags)).bytes(encodeTag(tag));
  return writer.finish();
}

function encodeLink({ cid, name, size }: DagLink): Uint8Array {
  const writer = new BinaryWriter().uint32(bytesTag(dagFields.link.cid)).bytes(cid.bytes);
  if (name !== "") writer.uint32(bytesTag(dagFields.link.name)).string(name);
  if (size !== 0n) writer.uint32(varintTag(dagFields.link.size)).uint64(size);
  return writer.finish();
}

function encodeTag({ key, value }: DagTag): Uint8Array {
  const writer = new BinaryWriter();
  if (key !== "") writer.uint32(bytesTag(dagFields.tag.key)).string(key);
  if (value !== "") writer.uint32(bytesTag(dagFields.tag.value)).string(value);
  return writer.finish();
}

function bytesTag(field: number): number {
  return (field << 3) | 2;
}

function varintTag(field: number): number {
  return field << 3;
}
