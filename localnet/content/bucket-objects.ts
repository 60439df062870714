import type { NetworkName } from "../network/plan.ts";
import { type Random, randomFrom } from "../network/random.ts";
import { sharedMultiparts } from "./big-pieces.ts";
import { codec, contentId, pieceId } from "./content-id.ts";
import { type DagLink, encodeNode } from "./dag-encoding.ts";
import { fileKinds, makeFile } from "./files/file-kinds.ts";
import { word } from "./files/text-files.ts";
import { blake3 } from "./hash.ts";
import { seal, sealingKey, sealings } from "./sealed.ts";
import { type Content, contentOf, type Stored } from "./stored.ts";

/** What every bucket holds: files, directories of twelve files each, and a root that its CNS name `fs` points to. */
export const objectsPerBucket = 64;
export const rootObject = objectsPerBucket - 1;

const maxFileBytes = 400_000;
const directoryEvery = 13;
const directoryAt = 4;
const multipartObject = 9;

const perNetwork = new Map<NetworkName, BucketObjects>();

/** The CID of the n-th object of a bucket, beginning anew behind the last. */
export function objectCid(network: NetworkName, bucket: number, object: number): Uint8Array {
  const objects = perNetwork.get(network) ?? new BucketObjects(network);
  perNetwork.set(network, objects);
  return objects.get(bucket, object % objectsPerBucket).cid;
}

export type BucketObject = { cid: Uint8Array; name: string; size: number };

/** Objects of buckets by number, remembered once made: making one costs some ten microseconds, twice as much as its hash. */
export class BucketObjects {
  readonly #network: NetworkName;
  readonly #known = new Map<number, BucketObject>();

  constructor(network: NetworkName) {
    this.#network = network;
  }

  get(bucket: number, object: number): BucketObject {
    const key = bucket * objectsPerBucket + object;
    const known = this.#known.get(key);
    if (known) return known;
    const made = this.#describe(bucket, object);
    this.#known.set(key, made);
    return made;
  }

  /** The same object with its bytes. */
  stored(bucket: number, object: number): Stored {
    const { cid, name } = this.get(bucket, object);
    return { cid, name, content: this.#content(bucket, object) };
  }

  #describe(bucket: number, object: number): BucketObject {
    const name = this.#nameOf(bucket, object);
    const shared = sharedMultipart(bucket, object);
    if (shared) return { cid: shared.cid, name: shared.name, size: shared.content.size };
    const { size, read } = this.#content(bucket, object);
    const bytes = read(0, size);
    return isDirectory(object)
      ? { cid: contentId(codec.dagNode, blake3(bytes)), name, size }
      : { cid: pieceId(bytes), name, size };
  }

  #content(bucket: number, object: number): Content {
    const shared = sharedMultipart(bucket, object);
    if (shared) return shared.content;
    return contentOf(isDirectory(object) ? this.#directory(bucket, object) : this.#file(bucket, object));
  }

  #directory(bucket: number, object: number): Uint8Array {
    const links: DagLink[] = childrenOf(object).map((child) => {
      const { cid, name, size } = this.get(bucket, child);
      return { cid, name, size: isDirectory(child) ? this.#sizeBelow(bucket, child) : size };
    });
    return encodeNode({
      data: JSON.stringify({ isCLIDir: true, updateTime: "2026-11-20T08:00:00.000Z" }),
      links,
      tags: { bucket: String(bucket), name: this.#nameOf(bucket, object) },
    });
  }

  #sizeBelow(bucket: number, directory: number): number {
    return childrenOf(directory).reduce((sum, child) => sum + this.get(bucket, child).size, 0);
  }

  #file(bucket: number, object: number): Uint8Array {
    const { random, kind } = this.#draw(bucket, object);
    const size = Math.min(maxFileBytes, Math.max(40, random.logNormal(7_000, 1.2)));
    const plain = makeFile(kind, random, Math.round(size));
    const sealing = sealingOf(bucket, object);
    return sealing ? seal(sealing, sealingKey(this.#network, bucket, sealing), plain) : plain;
  }

  #nameOf(bucket: number, object: number): string {
    const { random, kind } = this.#draw(bucket, object);
    if (object === rootObject) return "fs";
    if (isDirectory(object)) return `${word(random)}-${object}`;
    return `${word(random)}-${object}.${kind.ending}${sealingOf(bucket, object) ? ".sealed" : ""}`;
  }

  #draw(bucket: number, object: number): { random: Random; kind: (typeof fileKinds)[number] } {
    const random = randomFrom(`${this.#network} ${bucket} object ${object}`);
    const kind = fileKinds[random.zipf(fileKinds.length, 0.8)] ?? fileKinds[0];
    return { random, kind };
  }
}

export function isDirectory(object: number): boolean {
  return object === rootObject || object % directoryEvery === directoryAt;
}

/** A directory has the files that follow it, the root has the directories and what is left. */
function childrenOf(directory: number): number[] {
  const all = Array.from({ length: rootObject }, (_, object) => object);
  if (directory !== rootObject)
    return all.filter(
      (object) => object > directory && object < directory + directoryEvery && !isDirectory(object),
    );
  return all.filter((object) => isDirectory(object) || object < directoryAt);
}

function sharedMultipart(bucket: number, object: number): Stored | null {
  if (object !== multipartObject || bucket % 3 !== 0) return null;
  return sharedMultiparts[(bucket / 3) % sharedMultiparts.length] ?? null;
}

/** Every seventh bucket has a few pieces that only its owner can read. */
function sealingOf(bucket: number, object: number): (typeof sealings)[number] | null {
  if (bucket % 7 !== 3 || object % 9 !== 2 || isDirectory(object)) return null;
  return sealings[Math.floor(object / 9) % sealings.length] ?? null;
}
