import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePublicKey, toSs58 } from "./ss58.ts";

const alice = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
const aliceEd25519 = "0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";

describe("parsePublicKey", () => {
  it.each([
    ["prefix 54, sr25519", "6UJs2Uj5hV2Jto7Z2FAhM2hXpvvQtcr4dwM6abKzMYQBHmpi", alice],
    ["prefix 54, ed25519", "6Sc4tJiLHWaq5wUhdQ8GMLXHYk5e6TWoCmmN23A9pyVzqdGR", aliceEd25519],
    ["prefix 42", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", alice],
    ["hex in upper case", `0x${alice.slice(2).toUpperCase()}`, alice],
  ])("reads %s", (_, text, key) => {
    expect(parsePublicKey(text)).toBe(key);
  });

  it.each([
    ["nothing", ""],
    ["a wrong checksum", "6UJs2Uj5hV2Jto7Z2FAhM2hXpvvQtcr4dwM6abKzMYQBHmpj"],
    ["letters that base58 does not have", "6UJs2Uj5hV2Jto7Z2FAhM2hXpvvQtcr4dwM6abKzMYQBHm0l"],
    ["another chain's prefix", toSs58(alice, 0)],
    ["a short key", "0x00"],
    ["hex without 0x", alice.slice(2)],
    ["a very long text", "6".repeat(100_000)],
  ])("refuses %s", (_, text) => {
    expect(parsePublicKey(text)).toBeNull();
  });

  it("gives back every key that it wrote, under both prefixes", () => {
    const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(anyKey, fc.constantFrom(42, 54), (bytes, prefix) => {
        const key = `0x${Buffer.from(bytes).toString("hex")}`;
        expect(parsePublicKey(toSs58(key, prefix))).toBe(key);
      }),
    );
  });
});

describe("toSs58", () => {
  it("writes Cere's prefix by itself", () => {
    expect(toSs58(alice)).toBe("6UJs2Uj5hV2Jto7Z2FAhM2hXpvvQtcr4dwM6abKzMYQBHmpi");
  });

  it("refuses what is not a 32-byte key", () => {
    expect(() => toSs58("0x00")).toThrow("32 bytes");
  });
});
