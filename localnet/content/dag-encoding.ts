import { BinaryWriter } from "@bufbuild/protobuf/wire";

export type DagLink = { cid: Uint8Array; name: string; size: number };
export type DagNode = { data: string; links: readonly DagLink[]; tags: Readonly<Record<string, string>> };

/** Message `dag.Node` (cere-ddc-sdk-js packages/ddc/protos/dag_api.proto): the bytes whose BLAKE3 is its CID. */
export function encodeNode({ data, links, tags }: DagNode): Uint8Array {
  const head = new BinaryWriter();
  if (data !== "") head.tag(1, 2).string(data);
  const tail = new BinaryWriter();
  for (const [key, value] of Object.entries(tags)) {
    tail.tag(3, 2).fork();
    tail.tag(1, 2).string(key);
    if (value !== "") tail.tag(2, 2).string(value);
    tail.join();
  }
  return Buffer.concat([head.finish(), encodeLinks(links), tail.finish()]);
}

/** Bytes that a link takes beside its CID and name, at most. */
const linkOverhead = 24;

/** In one buffer: there are nodes with a quarter of a million. */
function encodeLinks(links: readonly DagLink[]): Uint8Array {
  const room = links.reduce((sum, { cid, name }) => sum + cid.length + 3 * name.length + linkOverhead, 0);
  const bytes = Buffer.allocUnsafe(room);
  let at = 0;
  for (const { cid, name, size } of links) {
    const nameBytes = Buffer.byteLength(name);
    const fields =
      1 +
      varintBytes(cid.length) +
      cid.length +
      (nameBytes > 0 ? 1 + varintBytes(nameBytes) + nameBytes : 0) +
      (size > 0 ? 1 + varintBytes(size) : 0);
    bytes[at++] = 0x12;
    at = writeVarint(bytes, at, fields);
    bytes[at++] = 0x0a;
    at = writeVarint(bytes, at, cid.length);
    bytes.set(cid, at);
    at += cid.length;
    if (nameBytes > 0) {
      bytes[at++] = 0x12;
      at = writeVarint(bytes, at, nameBytes);
      at += bytes.write(name, at);
    }
    if (size > 0) {
      bytes[at++] = 0x18;
      at = writeVarint(bytes, at, size);
    }
  }
  return bytes.subarray(0, at);
}

function varintBytes(value: number): number {
  return value < 128 ? 1 : 1 + varintBytes(Math.floor(value / 128));
}

function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  let to = at;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[to++] = (rest % 128) | 128;
  bytes[to++] = rest;
  return to;
}
