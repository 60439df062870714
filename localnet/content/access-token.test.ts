import { base58 } from "@scure/base";
import { expect, it } from "vitest";
import { findCid } from "../../server/kernel/cid/parse-cid.ts";
import { parsePublicKey } from "../../server/kernel/ss58.ts";
import { accountOf } from "../network/account.ts";
import { issueToken, operation, refusalOf, type Wish } from "./access-token.ts";
import samples from "./fixtures/access-tokens.json" with { type: "json" };

/** The piece that the sample `one-piece` is limited to. */
const piece = findCid("baebb4ideg6z2yocgkez77nr3outtvdnvjdcvqrs5phnqh7jvtrwnlpm5qu")?.bytes ?? null;
const keyOf = (ss58: string) => Buffer.from((parsePublicKey(ss58) ?? "0x").slice(2), "hex");

it.each(samples)(
  "judges the SDK's token $name as $expected.verdict: $expected.reason",
  ({ token, expected }) => {
    const refusal = refusalOf(token, {
      owner: keyOf(expected.bucketOwner),
      bucketId: BigInt(expected.bucketId),
      cid: piece,
      operation: operation.get,
      at: Date.parse(expected.asOf),
    });
    // A token that expires at this very moment has expired.
    expect(refusal === null ? "valid" : "invalid").toBe(
      expected.verdict === "edge" ? "invalid" : expected.verdict,
    );
  },
);

const owner = accountOf("an owner");
const grant = { bucketId: "18446744073709551615", operations: [operation.get], expiresAt: 2_000 };
const wish: Wish = {
  owner: owner.publicKey,
  bucketId: 2n ** 64n - 1n,
  cid: null,
  operation: operation.get,
  at: 1_999,
};

it("issues tokens that it takes, for one bucket, one operation and until they expire", () => {
  const token = issueToken(owner, grant);
  expect(refusalOf(token, wish)).toBeNull();
  expect(refusalOf(token, { ...wish, at: 2_000 })).toMatch(/expired/);
  expect(refusalOf(token, { ...wish, bucketId: 7n })).toMatch(/another bucket/);
  expect(refusalOf(token, { ...wish, operation: operation.put })).toMatch(/operation/);
  expect(refusalOf(token, { ...wish, owner: accountOf("another").publicKey })).toMatch(/no right/);
});

it("notices any changed byte", () => {
  const bytes = base58.decode(issueToken(owner, grant));
  for (let at = 0; at < bytes.length; at++) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(refusalOf(base58.encode(changed), wish)).not.toBeNull();
  }
});
