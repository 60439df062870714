import { expect, it } from "vitest";
import { driveLane } from "../../ingest/testing/drive-ingest.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { type ActivityRequest, anActivityRecord } from "./testing/an-activity-record.ts";

const now = new Date("2026-11-23T12:00:00.000Z");

it("indexes few rows of a busy account and a hot CID, and finds all of them", async () => {
  await using db = await testDatabase();
  for (const network of [2, 3]) {
    await using lane = await driveLane(db, { binding: "activity", clock: fakeClock(now), network });
    for (let flush = 0; flush < 3; flush++) {
      const first = network * 10_000 + flush * 1_000;
      await lane.deliver(
        Array.from({ length: 400 }, (_, index) => anActivityRecord(aRequest(first + index))),
      );
      await lane.flush();
    }
  }
  const [counts] = await db.sql<{ rows: string; cids: string; clients: string }>(
    `SELECT count(*) AS rows, count(*) FILTER (WHERE first_of_cid) AS cids,
       count(*) FILTER (WHERE first_of_client) AS clients FROM activity`,
  );
  expect(counts?.rows).toBe("2400");
  // Six flushes of two seconds and two buckets.
  expect(Number(counts?.cids)).toBeLessThanOrEqual(6 * 2 * 2 * 50);
  expect(Number(counts?.clients)).toBeLessThanOrEqual(6 * 2 * 2 * 7);
  for (const [since, before] of [
    ["-infinity", "infinity"],
    ["2026-11-23T11:59:57.300Z", "2026-11-23T11:59:58.900Z"],
    ["2026-11-23T11:59:57.000Z", "2026-11-23T11:59:58.000Z"],
    ["2026-11-23T11:59:58.100Z", "2026-11-23T11:59:58.101Z"],
  ]) {
    const wrong = await db.sql(
      `WITH cids AS (SELECT DISTINCT cid FROM activity), clients AS (SELECT DISTINCT client FROM activity WHERE client IS NOT NULL)
       SELECT 'cid', count(*) FROM cids WHERE
         (SELECT array_agg(a ORDER BY a) FROM activity AS a WHERE a.cid = cids.cid AND at >= $1 AND at < $2) IS DISTINCT FROM
         (SELECT array_agg(a ORDER BY a) FROM activity_of_cid(cids.cid, $1, $2) AS a)
       HAVING count(*) > 0
       UNION ALL
       SELECT 'client', count(*) FROM clients WHERE
         (SELECT array_agg(a ORDER BY a) FROM activity AS a WHERE a.client = clients.client AND at >= $1 AND at < $2) IS DISTINCT FROM
         (SELECT array_agg(a ORDER BY a) FROM activity_of_client(clients.client, $1, $2) AS a)
       HAVING count(*) > 0`,
      [since, before],
    );
    expect(wrong).toEqual([]);
  }
});

/** Of 7 accounts and 50 CIDs in two buckets within two seconds, out of order. */
function aRequest(number: number): ActivityRequest {
  return {
    number,
    node: `0x${"1".padStart(64, "0")}`,
    at: now.getTime() - 3_000 + ((number * 7_919) % 2_000),
    bucket: 1_000 + (number % 2),
    operation: 1,
    status: 0,
    latencyMs: 5,
    bytes: 10,
  };
}
