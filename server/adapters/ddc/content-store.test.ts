import { createServer, type RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { issueToken, operation } from "../../../localnet/content/access-token.ts";
import { rootObject } from "../../../localnet/content/bucket-objects.ts";
import { textOf } from "../../../localnet/content/content-id.ts";
import { openBlake3 } from "../../kernel/cid/blake3.ts";
import { type Cid, isSameDigest } from "../../kernel/cid/cid.ts";
import { findCid } from "../../kernel/cid/parse-cid.ts";
import type { ContentAsk, ContentFailure, OpenContent } from "../../ports/content-store.ts";
import { devnet, objects, type RunningNode, runNode } from "../../testing/running-node.ts";
import { openContentStore } from "./open-content-store.ts";

const local = openContentStore({ allow: ["127.0.0.0/8"], idleMs: 20_000, callMs: 20_000 });
const never = new AbortController().signal;
const buckets = Array.from({ length: devnet.plan.buckets }, (_, index) => devnet.bucket(index + 1));
const publicBucket = buckets.find(({ isPublic, number }) => isPublic && number > 1)?.number ?? 1;
const privateBucket = buckets.find(({ isPublic }) => !isPublic) ?? devnet.bucket(2);

function cidIn(bucket: number, object: number): Cid {
  const cid = findCid(textOf(objects.get(bucket, object).cid));
  if (!cid) throw new Error("The local network made no CID.");
  return cid;
}

const askOf = ({ target }: Pick<RunningNode, "target">, parts: Partial<ContentAsk> = {}): ContentAsk => ({
  target,
  bucket: String(publicBucket),
  cid: cidIn(publicBucket, 0),
  range: null,
  token: null,
  maxBytes: 2 ** 30,
  ...parts,
});

async function read(opened: OpenContent | ContentFailure) {
  if (opened.kind === "failed") return { end: opened, bytes: Buffer.alloc(0), isTrueTo: () => false };
  const parts: Uint8Array[] = [];
  let part = await opened.body.next();
  for (; !part.done; part = await opened.body.next()) parts.push(part.value);
  const bytes = Buffer.concat(parts);
  const hasher = await openBlake3();
  hasher.update(bytes);
  const digest = hasher.digest();
  return { end: part.value, bytes, isTrueTo: (cid: Cid) => isSameDigest(cid.digest, digest) };
}

describe("content of a node", () => {
  it("comes whole by HTTP and by gRPC, and hashes to its CID", async () => {
    await using node = await runNode();
    for (const open of [local.open, local.openByGrpc]) {
      const piece = await read(await open(askOf(node), never));
      expect(piece.end).toEqual({ kind: "complete", bytes: piece.bytes.length });
      expect(piece.isTrueTo(cidIn(publicBucket, 0))).toBe(true);
    }
    const cid = cidIn(publicBucket, rootObject);
    expect((await read(await local.open(askOf(node, { cid }), never))).isTrueTo(cid)).toBe(true);
  });

  it("comes in steps by gRPC beyond what an unacknowledged reader gets", async () => {
    await using node = await runNode();
    const cid = findCid("baebr4ih2tvji7xs2sx6w7y5i74527wxcz3zzhrqr45mibpzokpivi2i5ri");
    if (!cid) throw new Error("The multipart piece has a CID.");
    const ask = askOf(node, { bucket: "1", cid });
    expect((await read(await local.openByGrpc(ask, never))).isTrueTo(cid)).toBe(true);
  }, 60_000);

  it("comes in ranges, the same bytes by both ways", async () => {
    await using node = await runNode();
    const range = { from: 7, to: 31 };
    const whole = await read(await local.open(askOf(node), never));
    for (const open of [local.open, local.openByGrpc]) {
      const opened = await open(askOf(node, { range }), never);
      expect(opened).toMatchObject({ kind: "open", length: 24 });
      expect((await read(opened)).bytes.equals(whole.bytes.subarray(7, 31))).toBe(true);
    }
  });

  it("needs the owner's token in a private bucket, and another's is refused", async () => {
    await using node = await runNode();
    const { number, owner } = privateBucket;
    const grant = { bucketId: String(number), operations: [operation.get], expiresAt: Date.now() + 60_000 };
    const ask = (token: string | null) =>
      askOf(node, { bucket: String(number), cid: cidIn(number, 0), token });
    const stranger = issueToken(devnet.customers.find(({ hex }) => hex !== owner.hex) ?? owner, grant);
    for (const open of [local.open, local.openByGrpc]) {
      expect(await open(ask(null), never)).toMatchObject({ kind: "failed", why: "forbidden" });
      expect(await open(ask(stranger), never)).toMatchObject({ kind: "failed", why: "forbidden" });
      const piece = await read(await open(ask(issueToken(owner, grant)), never));
      expect(piece.isTrueTo(cidIn(number, 0))).toBe(true);
    }
  });

  it("finds what a CNS name points to, and says when there is no such name", async () => {
    await using node = await runNode();
    const ask = { target: node.target, bucket: String(publicBucket), token: null };
    expect(await local.resolve({ ...ask, name: "fs" }, never)).toMatchObject({
      kind: "found",
      cid: { text: cidIn(publicBucket, rootObject).text },
      ttlSeconds: 300,
    });
    expect(await local.resolve({ ...ask, name: "nothing" }, never)).toMatchObject({ why: "not_found" });
  });

  it("is read no further than allowed", async () => {
    await using node = await runNode();
    expect(await local.open(askOf(node, { maxBytes: 10 }), never)).toMatchObject({ why: "too_large" });
    const cid = cidIn(publicBucket, rootObject);
    const openNode = local.open(askOf(node, { cid, maxBytes: -4_000 }), never);
    expect(await openNode).toMatchObject({ why: "too_large" });
  });

  it("shows what is wrong with a node that lies, forgets, breaks off, crawls or is gone", async () => {
    await using node = await runNode();
    const cid = cidIn(publicBucket, 0);
    await node.disturb({ wrongRatio: 1 });
    for (const open of [local.open, local.openByGrpc]) {
      const lie = await read(await open(askOf(node), never));
      expect([lie.end.kind, lie.isTrueTo(cid)]).toEqual(["complete", false]);
    }
    await node.disturb({ missingRatio: 1 });
    expect(await local.open(askOf(node), never)).toMatchObject({ why: "not_found" });
    await node.disturb({ sentRatio: 0.5 });
    expect((await read(await local.open(askOf(node), never))).end).toMatchObject({ why: "broken_off" });
    await node.disturb({ contentBytesPerSecond: 1_024 });
    const stop = new AbortController();
    const slow = await local.open(askOf(node), stop.signal);
    if (slow.kind !== "open") throw new Error("A slow node answers.");
    expect((await slow.body.next()).done).toBe(false);
    await slow.body.return({ kind: "complete", bytes: 0 });
    await node.disturb({ isDown: true });
    for (const open of [local.open, local.openByGrpc])
      expect(await open(askOf(node), never)).toMatchObject({ kind: "failed", why: "refused" });
  }, 30_000);

  it("can be cancelled", async () => {
    await using node = await runNode();
    await node.disturb({ contentBytesPerSecond: 1 });
    for (const open of [local.open, local.openByGrpc]) {
      const stop = new AbortController();
      const opening = Promise.resolve(open(askOf(node), stop.signal)).then(read);
      stop.abort(new Error("no longer wanted"));
      const end = await opening.then(({ end }) => end.kind).catch((error: Error) => error.message);
      expect(["failed", "no longer wanted"]).toContain(end);
    }
  });
});

describe("what a registered address may lead to", () => {
  const serving = async (answer: RequestListener) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.headers.host} ${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return {
      asked,
      port,
      target: { host: "127.0.0.1", domain: null, ssl: false, httpPort: port, grpcPort: port },
      [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
    };
  };

  it("is no redirect", async () => {
    await using secret = await serving((_, response) => response.end("secret"));
    await using node = await serving((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${secret.port}/` }).end(),
    );
    expect(await local.open(askOf(node), never)).toMatchObject({ why: "protocol" });
    expect(secret.asked).toEqual([]);
  });

  it.each(["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1"])(
    "is not %s, by HTTP or gRPC",
    async (host) => {
      const strict = openContentStore({ allow: [] });
      const target = { host, domain: null, ssl: false, httpPort: 80, grpcPort: 80 };
      expect(await strict.open(askOf({ target }), never)).toMatchObject({ why: "blocked" });
      expect(await strict.openByGrpc(askOf({ target }), never)).toMatchObject({ why: "blocked" });
      const name = { target, bucket: "1", name: "fs", token: null };
      expect(await strict.resolve(name, never)).toMatchObject({ why: "blocked" });
    },
  );

  it("is the address that was judged, whatever the name leads to a moment later", async () => {
    await using node = await serving((_, response) => response.end("bytes"));
    const answers = [["127.0.0.1"], ["127.0.0.2"]];
    let lookups = 0;
    const resolve = async () => answers[lookups++] ?? [];
    const store = openContentStore({ allow: ["127.0.0.1/32"], resolve });
    const target = { ...node.target, host: "rebinding.example" };
    const opened = await store.open(askOf({ target }), never);
    expect((await read(opened)).bytes.toString()).toBe("bytes");
    expect(lookups).toBe(1);
    expect(node.asked[0]).toMatch(/^rebinding\.example:\d+ \//);
  });

  it("sends no more than it announced, unpacked and in the range that was asked for", async () => {
    await using short = await serving((_, response) => {
      response.writeHead(200, { "content-length": "10" }).write("123");
      setTimeout(() => response.destroy(), 20);
    });
    expect((await read(await local.open(askOf(short), never))).end).toMatchObject({ why: "broken_off" });
    await using packed = await serving((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("x"),
    );
    expect(await local.open(askOf(packed), never)).toMatchObject({ why: "protocol" });
    await using whole = await serving((_, response) => response.end("everything"));
    expect(await local.open(askOf(whole, { range: { from: 0, to: 2 } }), never)).toMatchObject({
      why: "protocol",
    });
    await using silent = await serving(() => {});
    const impatient = openContentStore({ allow: ["127.0.0.0/8"], idleMs: 50 });
    expect(await impatient.open(askOf(silent), never)).toMatchObject({ why: "timeout" });
  });
});
