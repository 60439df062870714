import { operation, refusalOf } from "../content/access-token.ts";
import { codec, codecOf, parseContentId, textOf } from "../content/content-id.ts";
import type { ContentIndex, Found } from "../content/content-index.ts";
import { linksOf } from "../content/dag-links.ts";
import { holdersOf } from "../content/replicas.ts";
import { isMissing, spoiled } from "../content/spoil.ts";
import type { Content } from "../content/stored.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import type { LocalNode } from "../network/local-node.ts";
import type { Disturbance } from "./disturbance.ts";

export type Answered =
  | { kind: "content"; cid: Uint8Array; content: Content; isNode: boolean }
  | { kind: "refused"; why: string }
  | { kind: "absent"; why: string };

export type Asked = { bucket: string; name: string; path: readonly string[]; token: string | null };

/** What one node answers when somebody asks for content, whatever the protocol. */
export class NodeContent {
  readonly #node: LocalNode;
  readonly #network: LocalNetwork;
  readonly #index: ContentIndex;
  readonly #ring: readonly LocalNode[];

  constructor(node: LocalNode, network: LocalNetwork, index: ContentIndex) {
    this.#node = node;
    this.#network = network;
    this.#index = index;
    this.#ring = network.nodes.filter(({ clusterId }) => clusterId === node.clusterId);
  }

  /** `name` = a CID, or a CNS name; `path` = names of links below it. */
  async answer(asked: Asked, disturbance: Disturbance): Promise<Answered> {
    const bucket = this.#bucketOf(asked.bucket);
    if (bucket === null) return { kind: "absent", why: "no such bucket in this cluster" };
    const root = parseContentId(asked.name) ?? (await this.#index.resolve(bucket, asked.name));
    if (!root) return { kind: "absent", why: "no such name" };
    const refusal = this.#refusal(bucket, root, asked.token);
    if (refusal) return { kind: "refused", why: refusal };
    const cid = await this.#follow(bucket, root, asked.path);
    return cid ? this.#read(bucket, cid, disturbance) : { kind: "absent", why: "no such path" };
  }

  async resolve(
    asked: Pick<Asked, "bucket" | "name" | "token">,
  ): Promise<Uint8Array | { refused: string } | null> {
    const bucket = this.#bucketOf(asked.bucket);
    if (bucket === null) return null;
    const cid = await this.#index.resolve(bucket, asked.name);
    const refusal = cid && this.#refusal(bucket, cid, asked.token);
    return refusal ? { refused: refusal } : cid;
  }

  #bucketOf(text: string): number | null {
    const bucket = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (bucket < 1 || bucket > this.#network.plan.buckets) return null;
    return this.#network.bucket(bucket).clusterId === this.#node.clusterId ? bucket : null;
  }

  #refusal(bucket: number, cid: Uint8Array, token: string | null): string | null {
    const { isPublic, owner } = this.#network.bucket(bucket);
    if (isPublic) return null;
    if (token === null) return "the bucket is private and no token came";
    return refusalOf(token, {
      owner: owner.publicKey,
      bucketId: BigInt(bucket),
      cid,
      operation: operation.get,
      at: Date.now(),
    });
  }

  /** Link names may hold slashes: the longest that fits is taken. */
  async #follow(bucket: number, from: Uint8Array, path: readonly string[]): Promise<Uint8Array | null> {
    if (path.length === 0) return from;
    const found = codecOf(from) === codec.dagNode ? await this.#index.find(bucket, textOf(from)) : null;
    if (!found) return null;
    const { content } = found.stored;
    const links = new Map([...linksOf(content.read(0, content.size))].map(({ name, cid }) => [name, cid]));
    for (let taken = path.length; taken > 0; taken--) {
      const cid = links.get(path.slice(0, taken).join("/"));
      if (cid) return this.#follow(bucket, cid, path.slice(taken));
    }
    return null;
  }

  async #read(bucket: number, cid: Uint8Array, disturbance: Disturbance): Promise<Answered> {
    const text = textOf(cid);
    const found = await this.#index.find(bucket, text);
    if (!found || !this.#holds(bucket, found) || isMissing(text, disturbance))
      return { kind: "absent", why: "not here" };
    const content = spoiled(found.stored.content, text, disturbance);
    return { kind: "content", cid, content, isNode: codecOf(cid) === codec.dagNode };
  }

  /** Full and Cache nodes fetch from the others what they are asked for; of that nothing is simulated but the result. */
  #holds(bucket: number, { object }: Found): boolean {
    if (this.#node.mode !== "Storage") return true;
    return holdersOf(bucket, object, this.#ring).includes(this.#node);
  }
}
