import { expect, it } from "vitest";
import { localNetwork } from "../../../localnet/network/local-network.ts";
import { oddAccess } from "../../../localnet/stories/odd-access.ts";
import { judgeToken, parseToken } from "./auth-token.ts";
import { encodeRecord } from "./encoding-rules.ts";
import { checkRecord } from "./signature-rules.ts";

const network = localNetwork("devnet");
const minute = 29_930_403;

it("the local network signs its odd requests so that they can be checked", () => {
  const records = oddAccess(network, minute).map(({ value }) => JSON.parse(value));
  expect(records).toHaveLength(8);
  for (const record of records) {
    const { bytes, layout } = encodeRecord(record);
    expect(checkRecord(bytes, layout).checks.map(({ verdict }) => verdict)).toEqual(["good", "good"]);
  }
});

it("the token that came with one had ended, and was good an hour before", () => {
  const [late] = oddAccess(network, minute).map(({ value }) => JSON.parse(value));
  const chain = parseToken(new Uint8Array(Buffer.from(late.authToken, "base64")));
  const bucket = BigInt(late.upstream.request.bucketId);
  const owner = network.bucket(Number(bucket)).owner.hex.slice(2);
  const at = new Date(Number(late.timestamp));
  expect(judgeToken(chain, { owner, bucket, at })).toMatchObject({
    kind: "invalid",
    reason: expect.stringMatching(/^it ended/),
  });
  expect(judgeToken(chain, { owner, bucket, at: new Date(at.getTime() - 2 * 3_600_000) })).toEqual({
    kind: "valid",
  });
});
