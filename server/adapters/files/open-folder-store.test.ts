import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectStoreContract } from "../../testing/contracts/object-store.ts";
import { openFolderStore } from "./open-folder-store.ts";

describe("objects in a folder", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "objects-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  objectStoreContract(() => openFolderStore(folder));

  it("has no unfinished file left after all of that", async () => {
    expect(await readdir(join(folder, ".writing"))).toEqual([]);
  });
});
