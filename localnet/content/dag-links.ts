import { BinaryReader } from "@bufbuild/protobuf/wire";

export type NamedLink = { cid: Uint8Array; name: string; size: number };

/** The links of an encoded DAG node of our own. */
export function* linksOf(node: Uint8Array): Generator<NamedLink> {
  const reader = new BinaryReader(node);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 2) yield linkOf(reader.bytes());
    else reader.skip(wire, field);
  }
}

function linkOf(bytes: Uint8Array): NamedLink {
  const link: NamedLink = { cid: new Uint8Array(0), name: "", size: 0 };
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 1) link.cid = reader.bytes();
    else if (field === 2) link.name = reader.string();
    else link.size = Number(reader.uint64());
  }
  return link;
}
