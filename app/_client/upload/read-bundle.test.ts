import { gzipSync } from "node:zlib";
import { blake3 } from "@noble/hashes/blake3.js";
import { expect, it } from "vitest";
import { versionNodeOf } from "../../../server/features/agents/upload-rules.ts";
import { cidOf } from "../../../server/kernel/cid/cid.ts";
import { readBundle } from "./read-bundle.ts";

const bundle = "export const onEdit = () => 1;";
const manifest = (parts: object = {}) =>
  JSON.stringify({
    alias: "editor",
    version: "1.0.0",
    engagements: [{ id: "edit", event: "summary.edited", handler: "onEdit" }],
    ...parts,
  });
const drop = (files: Record<string, string>) =>
  Object.entries(files).map(([name, text]) => ({ name, blob: new Blob([text]) }));
const read = (files: Record<string, string>) => readBundle(drop(files), () => {});
const both = { "bundle.js": bundle, "manifest.json": manifest() };

it("calls a version what the server will call it", async () => {
  const files = Object.entries(both).map(([name, text]) => {
    const bytes = Buffer.from(text);
    return { name, bytes: bytes.length, cid: cidOf("raw-piece", blake3(bytes)) };
  });
  const reading = await read(both);
  expect(reading.cid).toBe(versionNodeOf(files, blake3).cid.text);
  expect(reading).toMatchObject({ manifest: { alias: "editor", version: "1.0.0" }, faults: [] });
});

it("says the same of files, of their folder and of their archive", async () => {
  const { cid } = await read(both);
  expect(
    (await read({ "dist/bundle.js": bundle, "dist/manifest.json": manifest(), ".DS_Store": "x" })).cid,
  ).toBe(cid);
  const tar = Buffer.concat([
    ...Object.entries(both).flatMap(([name, text]) => tarFile(name, Buffer.from(text))),
    Buffer.alloc(1_024),
  ]);
  const tgz = [{ name: "dist.tgz", blob: new Blob([new Uint8Array(gzipSync(tar))]) }];
  expect((await readBundle(tgz, () => {})).cid).toBe(cid);
});

it("names a fault at its line and column before anything is sent", async () => {
  const text = `{\n  "alias": "editor",\n  "version": "1.0.0",\n  "idleTimeout": "10m",\n  "engagements": [{ "id": "edit", "event": "summary.edited", "handler": "onEdits" }]\n}`;
  const { faults, manifest: none } = await read({ "bundle.js": bundle, "manifest.json": text });
  expect(none).toBe(null);
  expect(faults.map(({ line, path }) => [line, path])).toEqual([
    [4, "/idleTimeout"],
    [5, "/engagements/0/handler"],
  ]);
});

it.each([
  ["no manifest", { "bundle.js": bundle }, "There is no manifest.json."],
  ["two archives", { "a.zip": "x", "b.zip": "y" }, "one archive"],
  ["a path that leaves", { ...both, "../evil.js": "x" }, "leaves the upload"],
  ["an archive that is none", { "a.tgz": "no gzip" }, "neither a zip nor a gzip"],
])("refuses %s", async (_what, files, message) => {
  await expect(read(files)).rejects.toThrow(message);
});

it("tells how many bytes it has read", async () => {
  let bytes = 0;
  await readBundle(drop(both), (more) => {
    bytes += more;
  });
  expect(bytes).toBe(bundle.length + manifest().length);
});

function tarFile(name: string, content: Buffer): Buffer[] {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write("0000644\0", 100);
  head.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  head.write("00000000000\0", 136);
  head.write("        ", 148);
  head.write("0", 156);
  head.write("ustar\0", 257);
  head.write("00", 263);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}
