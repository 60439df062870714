import { showcaseBucket } from "../network/local-network.ts";
import type { NetworkName } from "../network/plan.ts";
import { hash } from "../network/random.ts";
import { storedBigPieces } from "./big-pieces.ts";
import { type BucketObjects, objectsPerBucket, rootObject } from "./bucket-objects.ts";
import { codec, contentId, textOf } from "./content-id.ts";
import { encodeNode } from "./dag-encoding.ts";
import { blake3 } from "./hash.ts";
import { type LargeDirectories, largeDirectories } from "./large-directories.ts";
import { contentOf, type Stored } from "./stored.ts";

/** What the buckets of a network hold, found by CID or by CNS name. */
export class ContentIndex {
  readonly #network: NetworkName;
  readonly #objects: BucketObjects;
  readonly #buckets: number;
  readonly #byBucket = new Map<number, Map<string, number>>();
  #showcase: Promise<Showcase> | null = null;

  constructor(network: { name: NetworkName; buckets: number }, objects: BucketObjects) {
    this.#network = network.name;
    this.#buckets = network.buckets;
    this.#objects = objects;
  }

  /** Null when the bucket does not hold it. */
  async find(bucket: number, cid: string): Promise<Found | null> {
    const object = this.#numbersOf(bucket).get(cid);
    if (object !== undefined) return { stored: this.#objects.stored(bucket, object), object };
    if (bucket !== showcaseBucket) return null;
    const big = storedBigPieces.find((stored) => textOf(stored.cid) === cid);
    if (big) return { stored: big, object: hash(cid) };
    const { own, directories } = await this.#openShowcase();
    const stored = own.find((candidate) => textOf(candidate.cid) === cid) ?? directories.find(cid);
    return stored && { stored, object: hash(cid) };
  }

  /** CNS: `fs` in every bucket, and the names of what the showcase has. */
  async resolve(bucket: number, name: string): Promise<Uint8Array | null> {
    if (bucket < 1 || bucket > this.#buckets) return null;
    if (bucket !== showcaseBucket) return name === "fs" ? this.#objects.get(bucket, rootObject).cid : null;
    const { own, directories } = await this.#openShowcase();
    return [...own, ...directories.roots].find((stored) => stored.name === name)?.cid ?? null;
  }

  #numbersOf(bucket: number): ReadonlyMap<string, number> {
    const known = this.#byBucket.get(bucket);
    if (known || bucket < 1 || bucket > this.#buckets) return known ?? new Map();
    const numbers = new Map(
      Array.from({ length: objectsPerBucket }, (_, object) => [
        textOf(this.#objects.get(bucket, object).cid),
        object,
      ]),
    );
    this.#byBucket.set(bucket, numbers);
    return numbers;
  }

  #openShowcase(): Promise<Showcase> {
    this.#showcase ??= largeDirectories().then((directories) => {
      const plain = this.#objects.stored(showcaseBucket, rootObject);
      const linked = [plain, ...directories.roots, ...storedBigPieces];
      const bytes = encodeNode({
        data: JSON.stringify({ isCLIDir: true, updateTime: "2026-11-20T08:00:00.000Z" }),
        links: linked.map(({ cid, name, content }) => ({
          cid,
          name: name === "fs" ? "files" : name,
          size: content.size,
        })),
        tags: { network: this.#network },
      });
      const root = { cid: contentId(codec.dagNode, blake3(bytes)), name: "fs", content: contentOf(bytes) };
      return { own: [root, ...storedBigPieces], directories };
    });
    return this.#showcase;
  }
}

/** `object` = the number by which its replicas are placed. */
export type Found = { stored: Stored; object: number };

type Showcase = { own: readonly Stored[]; directories: LargeDirectories };
