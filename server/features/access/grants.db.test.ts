import { readFileSync } from "node:fs";
import { base58 } from "@scure/base";
import { expect, it } from "vitest";
import { driveLane } from "../../ingest/testing/drive-ingest.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { anActivityRecord } from "../activity/testing/an-activity-record.ts";

const tokens: { name: string; token: string }[] = JSON.parse(
  readFileSync(new URL("fixtures/tokens.json", import.meta.url), "utf8"),
);
const now = new Date("2026-11-23T12:00:00Z");

it("keeps what tokens allow, one row a grant, and never a token", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "activity", clock: fakeClock(now) });
  // Both SDK calls were chained to the grant that `delegation-root-alone` is.
  await lane.deliver([
    withToken(1, base64Of("sdk-call-getFile")),
    withToken(2, base64Of("sdk-call-putRawPiece")),
    withToken(3, base64Of("expired")),
    withToken(4, Buffer.from("no token at all, but long enough to be one").toString("base64")),
    withToken(5, null),
  ]);
  await lane.flush();
  const grants = await db.sql<{ expires: string; bucket: string; operations: number; links: number }>(
    "SELECT expires_at::date::text AS expires, u64(bucket)::text AS bucket, operations, links FROM ddc_grant ORDER BY expires_at",
  );
  expect(grants).toEqual([
    { expires: "2026-11-23", bucket: "1234", operations: 2, links: 1 },
    { expires: "2036-01-01", bucket: "1234", operations: 3, links: 2 },
  ]);
  const rows = await db.sql<{ n: string; granted: string }>(
    "SELECT count(*) AS n, count(grant_id) AS granted FROM activity",
  );
  expect(rows).toEqual([{ n: "5", granted: "3" }]);
});

function base64Of(name: string): string {
  const { token = "" } = tokens.find((sample) => sample.name === name) ?? {};
  return Buffer.from(base58.decode(token)).toString("base64");
}

function withToken(number: number, authToken: string | null) {
  const node = `0x${"ab".repeat(32)}`;
  const request = {
    number,
    node,
    at: now.getTime() - number,
    bucket: 1234,
    operation: 1,
    status: 0,
    latencyMs: 5,
    bytes: 10,
  };
  const { key, value } = anActivityRecord(request);
  return { key, value: authToken === null ? value : JSON.stringify({ ...JSON.parse(value), authToken }) };
}
