import { BinaryWriter } from "@bufbuild/protobuf/wire";

export type DagLink = { cid: Uint8Array; name: string; size: number };
export type DagNode = { data: string; links: readonly DagLink[]; tags: Readonly<Record<string, string>> };

/** Message `dag.Node` (cere-ddc-sdk-js packages/ddc/protos/dag_api.proto): the bytes whose BLAKE3 is its CID. */
export function encodeNode({ data, links, tags }: DagNode): Uint8Array {
  const writer = new BinaryWriter();
  if (data !== "") writer.tag(1, 2).string(data);
  for (const { cid, name, size } of links) {
    writer.tag(2, 2).fork();
    writer.tag(1, 2).bytes(cid);
    if (name !== "") writer.tag(2, 2).string(name);
    if (size > 0) writer.tag(3, 0).uint64(size);
    writer.join();
  }
  for (const [key, value] of Object.entries(tags)) {
    writer.tag(3, 2).fork();
    writer.tag(1, 2).string(key);
    if (value !== "") writer.tag(2, 2).string(value);
    writer.join();
  }
  return writer.finish();
}
