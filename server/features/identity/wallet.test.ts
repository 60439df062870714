import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSs58 } from "../../kernel/ss58.ts";
import { ecdsaKey, ed25519Key, sr25519Key, wrapped } from "../../testing/wallet-keys.ts";
import { parseWalletMessage, walletAddress, writeWalletMessage } from "./wallet-message-rules.ts";
import { schemeOfSignature } from "./wallet-signature.ts";

const message = {
  domain: "console.dragon.example",
  address: walletAddress(`0x${"ab".repeat(32)}`),
  uri: "https://console.dragon.example",
  chainId: "polkadot:81443836a9a24caaa23f1241897d1235",
  nonce: "00112233445566778899aabbccddeeff",
  issuedAt: "2026-07-14T03:31:02.000Z",
  expiresAt: "2026-07-14T03:36:02.000Z",
};

describe("the message", () => {
  it("is read back as it was written", () => {
    expect(parseWalletMessage(writeWalletMessage(message))).toEqual(message);
  });

  it("is read to the letter: no change of a character passes unnoticed", () => {
    const text = writeWalletMessage(message);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        const parsed = parseWalletMessage(changed);
        expect(parsed === null || writeWalletMessage(parsed) === changed).toBe(true);
      }),
    );
    for (const changed of [
      `${text}\n`,
      ` ${text}`,
      text.replace("\n\n", "\n"),
      text.replace("costs nothing", "costs a bit"),
    ])
      expect(parseWalletMessage(changed)).toBeNull();
  });
});

describe.each([sr25519Key, ed25519Key, ecdsaKey])("a signature by %o", (makeKey) => {
  const key = makeKey();
  const text = writeWalletMessage({ ...message, address: toSs58(key.account) });

  it("is recognised as an extension makes it and as a tool makes it", () => {
    expect(schemeOfSignature(text, key.sign(wrapped(text)), key.account)).toBe(key.scheme);
    expect(schemeOfSignature(text, key.sign(text), key.account)).toBe(key.scheme);
  });

  it("is recognised as a MultiSignature and without 0x", () => {
    const variant = { ed25519: "00", sr25519: "01", ecdsa: "02" }[key.scheme];
    const bare = key.sign(wrapped(text)).slice(2);
    expect(schemeOfSignature(text, `0x${variant}${bare}`, key.account)).toBe(key.scheme);
    expect(schemeOfSignature(text, bare.toUpperCase(), key.account)).toBe(key.scheme);
  });

  it("is not taken for another text or another account", () => {
    const signature = key.sign(wrapped(text));
    expect(schemeOfSignature(`${text} `, signature, key.account)).toBeNull();
    expect(schemeOfSignature(text, signature, makeKey().account)).toBeNull();
  });
});

it("takes no garbage for a signature and throws at none", () => {
  const account = sr25519Key().account;
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 60, maxLength: 70 }), (bytes) => {
      expect(schemeOfSignature("text", `0x${Buffer.from(bytes).toString("hex")}`, account)).toBeNull();
    }),
  );
  for (const text of ["", "0x", "zz".repeat(64), "0x".padEnd(132, "f")])
    expect(schemeOfSignature("text", text, account)).toBeNull();
});
