import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePublicKey } from "../../kernel/ss58.ts";
import { judgeToken, parseTokenText } from "./auth-token.ts";
import { encodeRecord } from "./encoding-rules.ts";
import { checkAcknowledgment, checkRecord, checkRequest } from "./signature-rules.ts";

type TokenSample = {
  name: string;
  token: string;
  expected: { verdict: string; asOf: string; bucketOwner: string; bucketId: string };
  signatures: string[] | null;
};
const tokens: TokenSample[] = JSON.parse(
  readFileSync(new URL("fixtures/tokens.json", import.meta.url), "utf8"),
);
const activity = new URL("../activity/fixtures/", import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`${name}.binpb`, activity)));
const jsonOf = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, activity), "utf8"));

describe("tokens that Cere's SDK made, and changed ones", () => {
  it.each(tokens)("$name", ({ token, expected, signatures }) => {
    const chain = parseTokenText(token);
    const owner = parsePublicKey(expected.bucketOwner)?.slice(2) ?? null;
    const use = { owner, bucket: BigInt(expected.bucketId), at: new Date(expected.asOf) };
    const verdict = chain === null ? "invalid" : judgeToken(chain, use).kind;
    // A token that ends at this very moment has ended.
    expect(verdict).toBe(expected.verdict === "edge" ? "invalid" : expected.verdict);
    if (signatures === null || chain === null) return;
    expect(
      chain.map(({ signature, isSignatureGood }) =>
        signature ? (isSignatureGood ? "good" : "bad") : "absent",
      ),
    ).toEqual(signatures);
  });

  it("cannot be judged whole where nobody knows the owner, and says so", () => {
    const chain = parseTokenText(tokens.find(({ name }) => name === "get-bucket")?.token ?? "") ?? [];
    expect(judgeToken(chain, { owner: null, bucket: 1234n, at: new Date("2026-11-23") })).toEqual({
      kind: "unknown-owner",
    });
  });
});

describe("signatures of activity", () => {
  it.each<[string, string[]]>([
    ["record-get", ["good", "good", "good"]],
    ["record-store-no-ack", ["good", "good"]],
    ["record-big-numbers", ["good", "good"]],
    ["record-signature-bad", ["bad", "good", "good"]],
    ["record-request-forged", ["good", "bad", "good"]],
    ["record-ack-exceeds", ["good", "good", "bad"]],
    ["record-unsigned", ["absent", "good", "good"]],
  ])("%s, from protobuf and from JSON", (name, verdicts) => {
    const encoded = encodeRecord(jsonOf(name));
    expect(encoded.bytes).toEqual(bytesOf(name));
    for (const bytes of [bytesOf(name), encoded.bytes])
      expect(checkRecord(bytes, "older").checks.map(({ verdict }) => verdict)).toEqual(verdicts);
  });

  it("finds the forged one of two requests that were made for it", () => {
    const { checks, downstream } = checkRecord(bytesOf("record-get-with-downstream"), "older");
    expect(checks.map(({ verdict }) => verdict)).toEqual(["good", "good", "good"]);
    expect(downstream.filter(({ of }) => of === "request").map(({ verdict }) => verdict)).toEqual([
      "good",
      "bad",
    ]);
  });

  it("takes an unknown field that was added after signing for a change", () => {
    expect(checkRecord(bytesOf("record-unknown-field"), "older").checks[0]?.verdict).toBe("bad");
  });

  it("throws at cut bytes, and finds nothing signed in none", () => {
    expect(() => checkRecord(bytesOf("record-truncated"), "older")).toThrow();
    expect(checkRecord(new Uint8Array(0), "older").checks).toMatchObject([
      { of: "record", verdict: "absent" },
    ]);
  });

  it("accepts what the SDK sent, and a store whose CID was written in later", () => {
    expect(checkRequest(bytesOf("sdk-request-getFile")).verdict).toBe("good");
    expect(checkRequest(bytesOf("sdk-request-putRawPiece")).verdict).toBe("good");
    for (const part of [1, 2, 3])
      expect(checkAcknowledgment(bytesOf(`sdk-ack-${part}`)).verdict).toBe("good");
    const store = bytesOf("sdk-request-putRawPiece");
    const cid = Uint8Array.of(0x32, 36, ...new Uint8Array(36).fill(7));
    expect(checkRequest(Uint8Array.of(...store, ...cid))).toMatchObject({
      verdict: "good",
      note: "signed before its CID was known",
    });
    const read = bytesOf("sdk-request-getFile");
    const changed = Uint8Array.from(read, (byte, index) => (index === 45 ? byte ^ 1 : byte));
    expect(checkRequest(changed).verdict).toBe("bad");
  });
});
