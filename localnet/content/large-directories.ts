import { codec, contentId, pieceId, textOf } from "./content-id.ts";
import { type DagLink, encodeNode } from "./dag-encoding.ts";
import { blake3 } from "./hash.ts";
import { contentOf, type Stored } from "./stored.ts";

/** Entries of large directories name these few small pieces over and over: what is large is the directory. */
const smallPieces = 4_096;
const millionParts = 1_000;
const entriesPerPart = 1_000;
const hugeEntries = 250_000;
const blockDirectories = 99;
const blocksPerDirectory = 100;

export type LargeDirectories = {
  roots: readonly Stored[];
  /** Everything below the roots, by the text of its CID. */
  find(cid: string): Stored | null;
};

let made: Promise<LargeDirectories> | null = null;

/** Made when they are first asked for, the same for all networks. */
export function largeDirectories(): Promise<LargeDirectories> {
  made ??= makeLargeDirectories();
  return made;
}

/**
 * `million`: a million entries in a thousand nodes. `huge`: a quarter of a million in one node of 17 MB. `blocks`: 10,000
 * blocks, each another one. Takes some seconds, in steps that let others have their turn.
 */
async function makeLargeDirectories(): Promise<LargeDirectories> {
  const pieces = Array.from({ length: smallPieces }, (_, index) =>
    smallPiece(`Entry ${index} of a large directory.\n`),
  );
  const below = new Map<string, () => Stored>();
  const add = (stored: Stored, again: () => Stored = () => stored) => below.set(textOf(stored.cid), again);
  for (const piece of pieces) add(piece);
  const million = await inParts("million", millionParts, (part) => {
    const stored = millionPart(part, pieces);
    add(stored, () => millionPart(part, pieces));
    return stored;
  });
  const blocks = await inParts("blocks", blockDirectories, (directory) => {
    const files = Array.from({ length: blocksPerDirectory }, (_, file) => blockOf(directory, file));
    for (const file of files) add(file);
    const stored = nodeOf(`blocks-${number(directory, 2)}`, files.map(linkTo));
    add(stored);
    return stored;
  });
  const huge = hugeNode(pieces);
  const roots = [million, huge, blocks];
  for (const root of roots) add(root, root === huge ? () => hugeNode(pieces) : () => root);
  return {
    roots: roots.map(({ cid, name, content }) => ({ cid, name, content })),
    find: rememberingTheLast((cid) => below.get(cid)?.() ?? null),
  };
}

const remembered = 4;

/** Every node that is asked for one looks whether it has it: what takes seconds is not made again for each. */
function rememberingTheLast(make: (cid: string) => Stored | null): (cid: string) => Stored | null {
  const last = new Map<string, Stored>();
  return (cid) => {
    const stored = last.get(cid) ?? make(cid);
    if (!stored) return null;
    last.delete(cid);
    last.set(cid, stored);
    for (const oldest of last.keys()) if (last.size > remembered) last.delete(oldest);
    return stored;
  };
}

async function inParts(name: string, parts: number, make: (part: number) => Stored): Promise<Stored> {
  const links: DagLink[] = [];
  for (let part = 0; part < parts; part++) {
    links.push(linkTo(make(part)));
    if (part % 4 === 3) await new Promise((resolve) => setImmediate(resolve));
  }
  return nodeOf(name, links);
}

function millionPart(part: number, pieces: readonly Stored[]): Stored {
  const links = Array.from({ length: entriesPerPart }, (_, index) =>
    entry(part * entriesPerPart + index, pieces),
  );
  return nodeOf(`part-${number(part, 3)}`, links);
}

function hugeNode(pieces: readonly Stored[]): Stored {
  return nodeOf(
    "huge",
    Array.from({ length: hugeEntries }, (_, index) => entry(index, pieces)),
  );
}

function entry(index: number, pieces: readonly Stored[]): DagLink {
  const piece = pieces[Math.imul(index, 2_654_435_761) & (smallPieces - 1)] ?? smallPiece("");
  return { cid: piece.cid, name: `entry-${number(index, 6)}.txt`, size: piece.content.size };
}

function blockOf(directory: number, file: number): Stored {
  const lines = Array.from(
    { length: 12 },
    (_, line) => `Line ${line} of block ${file} of directory ${directory}.`,
  );
  return { ...smallPiece(`${lines.join("\n")}\n`), name: `block-${number(file, 2)}.txt` };
}

function smallPiece(text: string): Stored {
  const bytes = Buffer.from(text);
  return { cid: pieceId(bytes), name: "", content: contentOf(bytes) };
}

function nodeOf(name: string, links: readonly DagLink[]): Stored {
  const data = JSON.stringify({ isCLIDir: true, updateTime: "2026-11-20T08:00:00.000Z" });
  const bytes = encodeNode({ data, links, tags: { name } });
  return { cid: contentId(codec.dagNode, blake3(bytes)), name, content: contentOf(bytes) };
}

function linkTo({ cid, name, content }: Stored): DagLink {
  return { cid, name, size: content.size };
}

function number(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
