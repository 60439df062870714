import { type Cid, cidFromBytes, isCid } from "./cid.ts";
import { type DagLink, type DagNode, type DagTag, dagFields } from "./dag-node.ts";
import { ProtoFault, type ProtoField, readField } from "./proto-fields.ts";

/** Something that a canonical encoder would not have written: the same node has another CID. `at` counts bytes. */
export type DagOddity = { at: number; what: string };

/**
 * A decoded node, or where and why the bytes are none. Without oddities `encodeDagNode` gives the same bytes back; with
 * them it does not, and only the bytes as they came can be hashed.
 */
export type DecodedDagNode =
  | { kind: "node"; node: DagNode; oddities: readonly DagOddity[] }
  | { kind: "fault"; at: number; reason: string };

export function decodeDagNode(bytes: Uint8Array): DecodedDagNode {
  return orFault(() => {
    const reader = new NodeReader(bytes);
    const links: DagLink[] = [];
    const tags: DagTag[] = [];
    let data = new Uint8Array(0);
    for (let at = 0; at < bytes.length; ) {
      const field = reader.field(at, bytes.length, dagFields.node.links);
      if (field.number === dagFields.node.data) data = reader.bytesOf(field, "data");
      else if (field.number === dagFields.node.links) links.push(reader.link(field));
      else if (field.number === dagFields.node.tags) tags.push(reader.tag(field));
      else reader.unknown(field);
      at = field.to;
    }
    return { kind: "node", node: { data, links, tags }, oddities: reader.oddities };
  });
}

/** `nextAt` = the byte at which the following part begins; null = these were the last. */
export type DagLinkPart =
  | { kind: "links"; links: readonly DagLink[]; nextAt: number | null }
  | { kind: "fault"; at: number; reason: string };

/**
 * Some of the links of a node, from the field that begins at byte `at`: a node with a million links is looked at in
 * parts. A part proves nothing; only the whole node can be verified.
 */
export function listDagLinks(bytes: Uint8Array, { at, limit }: { at: number; limit: number }): DagLinkPart {
  return orFault(() => {
    const reader = new NodeReader(bytes);
    const links: DagLink[] = [];
    let position = at;
    while (position < bytes.length && links.length < limit) {
      const field = reader.field(position, bytes.length, dagFields.node.links);
      if (field.number === dagFields.node.links) links.push(reader.link(field));
      position = field.to;
    }
    return { kind: "links", links, nextAt: position < bytes.length ? position : null };
  });
}

function orFault<Result>(read: () => Result): Result | { kind: "fault"; at: number; reason: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProtoFault) return { kind: "fault", at: error.at, reason: error.reason };
    throw error;
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class NodeReader {
  readonly oddities: DagOddity[] = [];
  readonly #bytes: Uint8Array;
  #last = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next field of one message; of all its fields only `repeated` and those behind it may come again. */
  field(at: number, end: number, repeated: number): ProtoField {
    const field = readField(this.#bytes, at, end);
    if (!field.isShortest) this.#odd(at, "a number takes more bytes than it needs");
    if (field.number < this.#last) this.#odd(at, `field ${field.number} comes after field ${this.#last}`);
    else if (field.number === this.#last && field.number < repeated)
      this.#odd(at, `field ${field.number} comes twice`);
    this.#last = field.number;
    return field;
  }

  link(field: ProtoField): DagLink {
    let cid: Cid | null = null;
    let name = "";
    let size = 0n;
    this.#message(field, "link", (inner) => {
      if (inner.number === dagFields.link.cid) cid = this.#cid(inner);
      else if (inner.number === dagFields.link.name) name = this.#text(inner, "the name of a link");
      else if (inner.number === dagFields.link.size) size = this.#varint(inner, "the size of a link");
      else this.unknown(inner);
    });
    if (cid === null) throw new ProtoFault(field.at, "a link has no CID");
    return { cid, name, size };
  }

  tag(field: ProtoField): DagTag {
    let key = "";
    let value = "";
    this.#message(field, "tag", (inner) => {
      if (inner.number === dagFields.tag.key) key = this.#text(inner, "the key of a tag");
      else if (inner.number === dagFields.tag.value) value = this.#text(inner, "the value of a tag");
      else this.unknown(inner);
    });
    return { key, value };
  }

  bytesOf(field: ProtoField, what: string): Uint8Array<ArrayBuffer> {
    if (field.wire !== 2) throw new ProtoFault(field.at, `${what} has wire type ${field.wire}, not 2`);
    if (field.from === field.to) this.#odd(field.at, `${what} is empty and could be left out`);
    return this.#bytes.slice(field.from, field.to);
  }

  unknown(field: ProtoField): void {
    this.#odd(field.at, `field ${field.number} is unknown`);
  }

  #message(field: ProtoField, what: string, read: (inner: ProtoField) => void): void {
    if (field.wire !== 2) throw new ProtoFault(field.at, `a ${what} has wire type ${field.wire}, not 2`);
    const outer = this.#last;
    this.#last = 0;
    for (let at = field.from; at < field.to; ) {
      const inner = this.field(at, field.to, Number.POSITIVE_INFINITY);
      read(inner);
      at = inner.to;
    }
    this.#last = outer;
  }

  #cid(field: ProtoField): Cid {
    const cid = cidFromBytes(this.bytesOf(field, "the CID of a link"));
    if (isCid(cid)) return cid;
    throw new ProtoFault(field.from + cid.at, `the CID of a link is none: ${cid.reason}`);
  }

  #text(field: ProtoField, what: string): string {
    try {
      return strictUtf8.decode(this.bytesOf(field, what));
    } catch (error) {
      if (error instanceof ProtoFault) throw error;
      throw new ProtoFault(field.from, `${what} is not UTF-8`);
    }
  }

  #varint(field: ProtoField, what: string): bigint {
    if (field.wire !== 0) throw new ProtoFault(field.at, `${what} has wire type ${field.wire}, not 0`);
    if (field.varint === 0n) this.#odd(field.at, `${what} is zero and could be left out`);
    return field.varint;
  }

  #odd(at: number, what: string): void {
    this.oddities.push({ at, what });
  }
}
