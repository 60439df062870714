import { blake3 } from "@noble/hashes/blake3.js";
import { describe, expect, it } from "vitest";
import { type Cid, cidOf } from "../../../server/kernel/cid/cid.ts";
import { type DagLink, encodeDagNode } from "../../../server/kernel/cid/dag-node.ts";
import { conclusionOf } from "./conclusion.ts";
import { buildReceipt, checkFile, parseReceipt } from "./receipt.ts";
import type { BlockReceipt, VerifyJob, VerifyProgress } from "./verify-protocol.ts";
import { VerifyRun } from "./verify-run.ts";

type Served = Map<string, Uint8Array<ArrayBuffer>>;

function put(served: Served, kind: Cid["kind"], bytes: Uint8Array): Cid {
  const cid = cidOf(kind, blake3(bytes));
  served.set(cid.text, Uint8Array.from(bytes));
  return cid;
}

/** Directories of a hundred small files each. */
function aDirectory(files: number): { served: Served; root: Cid; blocks: number; leaf: Cid } {
  const served: Served = new Map();
  const directories: DagLink[] = [];
  let leaf: Cid | null = null;
  for (let first = 0; first < files; first += 100) {
    const links = Array.from({ length: Math.min(100, files - first) }, (_, index) => {
      const cid = put(served, "raw-piece", new TextEncoder().encode(`file ${first + index}`));
      leaf = cid;
      return { cid, name: `f${first + index}.txt`, size: BigInt(10) };
    });
    const node = encodeDagNode({ data: new Uint8Array(0), links, tags: [] });
    directories.push({ cid: put(served, "dag-node", node), name: `d${first / 100}`, size: 1_000n });
  }
  const root = put(
    served,
    "dag-node",
    encodeDagNode({ data: new Uint8Array(0), links: directories, tags: [] }),
  );
  if (!leaf) throw new Error("A directory has files.");
  return { served, root, blocks: served.size, leaf };
}

/** The console's content route, as far as a reader sees it. */
function serving(served: Served, asked: string[] = []): typeof fetch {
  return async (address, init) => {
    const cid = String(address).split("?")[0]?.split("/").at(-1) ?? "";
    asked.push(cid);
    init?.signal?.throwIfAborted();
    const bytes = served.get(cid);
    if (!bytes) return Response.json({ detail: "node-1: It does not have it." }, { status: 404 });
    return new Response(bytes, {
      headers: {
        "x-ddc-node": "0x01",
        "x-ddc-node-name": "fsn1-s01",
        "content-length": String(bytes.length),
      },
    });
  };
}

const jobOf = (root: Cid, parts: Partial<VerifyJob> = {}): VerifyJob => ({
  network: "devnet",
  bucket: "7",
  cid: root.text,
  scope: "dag",
  node: null,
  token: null,
  ...parts,
});

function startRun(job: VerifyJob, fetch: typeof globalThis.fetch) {
  const heard: { progress: VerifyProgress | null; blocks: BlockReceipt[] } = { progress: null, blocks: [] };
  const run = new VerifyRun({
    job,
    fetch,
    reportMs: 0,
    onProgress: (progress, blocks) => {
      heard.progress = progress;
      heard.blocks.push(...blocks);
    },
  });
  return { run, heard };
}

describe("verifying a DAG", () => {
  it("judges each of ten thousand blocks once and names the one that is wrong", async () => {
    const { served, root, blocks, leaf } = aDirectory(9_900);
    served.set(leaf.text, new TextEncoder().encode("file 98x9"));
    const { run, heard } = startRun(jobOf(root), serving(served));
    await run.run();
    expect(heard.progress).toMatchObject({ state: "ended", judged: blocks, known: blocks });
    expect(heard.progress?.counts).toEqual({
      verified: blocks - 1,
      mismatch: 1,
      unreachable: 0,
      unverifiable: 0,
    });
    const wrong = heard.blocks.filter(({ verdict }) => verdict === "mismatch");
    expect(wrong).toMatchObject([{ cid: leaf.text, path: "d98/f9899.txt", nodeName: "fsn1-s01" }]);
    expect(wrong[0]?.computed).not.toBe(wrong[0]?.expected);
    if (!heard.progress) throw new Error("It reported.");
    expect(conclusionOf(heard.progress, wrong, "dag")).toMatchObject({ tone: "crit" });
  }, 60_000);

  it("goes on where it was paused, without asking again for what it has", async () => {
    const { served, root, blocks } = aDirectory(500);
    const asked: string[] = [];
    const get: typeof fetch = (address, init) => {
      if (asked.length === 50) run.pause();
      return serving(served, asked)(address, init);
    };
    const { run, heard } = startRun(jobOf(root), get);
    await run.run();
    expect(heard.progress?.state).toBe("paused");
    const before = heard.progress?.judged ?? 0;
    expect(before).toBeLessThan(blocks);
    await run.run();
    expect(heard.progress).toMatchObject({ state: "ended", judged: blocks });
    expect(heard.progress?.counts.verified).toBe(blocks);
    // Only what was under way at the pause is asked for twice.
    expect(asked.length).toBeLessThanOrEqual(blocks + 4);
    expect(new Set(run.receipts.map(({ cid }) => cid)).size).toBe(blocks);
  });

  it("does not follow the links of a node that is not what its CID says", async () => {
    const { served, root } = aDirectory(100);
    const stranger = put(served, "raw-piece", new TextEncoder().encode("planted"));
    served.set(
      root.text,
      encodeDagNode({ data: new Uint8Array(0), links: [{ cid: stranger, name: "x", size: 7n }], tags: [] }),
    );
    const { run, heard } = startRun(jobOf(root), serving(served));
    await run.run();
    expect(heard.blocks).toMatchObject([{ verdict: "mismatch", path: "" }]);
  });

  it("tells what is missing from what is wrong, and cannot tell with multipart pieces", async () => {
    const served: Served = new Map();
    const missing = cidOf("raw-piece", blake3(new TextEncoder().encode("gone")));
    const multipart = cidOf("multipart-piece", blake3(new TextEncoder().encode("root of parts")));
    served.set(multipart.text, new TextEncoder().encode("all bytes"));
    const links = [missing, multipart].map((cid, index) => ({ cid, name: `f${index}`, size: 1n }));
    const root = put(served, "dag-node", encodeDagNode({ data: new Uint8Array(0), links, tags: [] }));
    const { run, heard } = startRun(jobOf(root), serving(served));
    await run.run();
    const verdictOf = (cid: Cid) => heard.blocks.find((block) => block.cid === cid.text);
    expect(verdictOf(missing)).toMatchObject({ verdict: "unreachable", why: "not_found" });
    expect(verdictOf(multipart)).toMatchObject({ verdict: "unverifiable", why: "multipart" });
    expect(heard.progress && conclusionOf(heard.progress, heard.blocks, "dag")?.tone).toBe("warn");
  });

  it("sends a token as a header only, and puts it into no receipt", async () => {
    const { served, root } = aDirectory(1);
    const sent: { address: string; token: string | null }[] = [];
    const get: typeof fetch = (address, init) => {
      sent.push({ address: String(address), token: new Headers(init?.headers).get("x-ddc-token") });
      return serving(served)(address, init);
    };
    const job = jobOf(root, { token: "TopSecret" });
    const { run } = startRun(job, get);
    await run.run();
    expect(sent.every(({ address, token }) => token === "TopSecret" && !address.includes("TopSecret"))).toBe(
      true,
    );
    expect(JSON.stringify(buildReceipt(job, run.receipts, new Date()))).not.toContain("TopSecret");
  });
});

describe("a receipt", () => {
  it("is read again and tells a file by its hash: right, wrong as it was served, or unknown", async () => {
    const { served, root, leaf } = aDirectory(3);
    served.set(leaf.text, new TextEncoder().encode("other bytes"));
    const { run } = startRun(jobOf(root), serving(served));
    await run.run();
    const parsed = parseReceipt(JSON.stringify(buildReceipt(jobOf(root), run.receipts, new Date())));
    if (parsed.kind !== "receipt") throw new Error(parsed.why);
    const hashOf = (text: string) => Buffer.from(blake3(new TextEncoder().encode(text))).toString("hex");
    expect(checkFile(parsed.receipt, hashOf("file 0"))).toMatchObject({
      kind: "is_block",
      block: { path: "d0/f0.txt" },
    });
    expect(checkFile(parsed.receipt, hashOf("other bytes"))).toMatchObject({ kind: "is_wrong_block" });
    expect(checkFile(parsed.receipt, hashOf("something else"))).toEqual({ kind: "unknown" });
  });

  it.each([
    ["no JSON", "{"],
    ["another document", "[]"],
    ["another version", '{"format":"cere-console/verification-receipt","version":2,"blocks":[]}'],
    ["broken blocks", '{"format":"cere-console/verification-receipt","version":1,"blocks":[{"cid":1}]}'],
  ])("that is %s is refused with the reason", (_, text) => {
    expect(parseReceipt(text)).toMatchObject({ kind: "none", why: expect.stringMatching(/\w/) });
  });
});
