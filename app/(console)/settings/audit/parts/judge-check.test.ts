import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { judgeCheck } from "./judge-check.ts";

const text = "cere-audit-1\nwhat is hashed, with an é\n";
const hash = createHash("sha256").update(text).digest("hex");
const sound = { kind: "sealed", seq: "7", hash, computed: hash, follows: true, text } as const;

it("is sound when server and browser get the kept hash", async () => {
  expect(await judgeCheck(sound)).toMatchObject({
    isSound: true,
    words: expect.stringContaining("this browser"),
  });
});

it.each([
  ["another text than the server says it hashed", { text: `${text}more` }],
  ["a hash that the server itself does not get", { computed: "0".repeat(64) }],
  ["another hash in the chain", { hash: "f".repeat(64), computed: "f".repeat(64) }],
  ["a link that does not follow", { follows: false }],
])("is not with %s", async (_, change) => {
  expect(await judgeCheck({ ...sound, ...change })).toMatchObject({ isSound: false });
});

it("says of an entry without a place that it has none yet", async () => {
  expect((await judgeCheck({ kind: "unsealed" })).words).toBe("Not sealed yet.");
});
