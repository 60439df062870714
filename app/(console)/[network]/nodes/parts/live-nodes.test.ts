import { describe, expect, it } from "vitest";
import {
  type LivePoint,
  livePointSchema,
  type NodeRow,
} from "../../../../../server/features/nodes/schema.ts";
import { hasAnyFallenSilent, withPoints, withStatusAt } from "./live-nodes.ts";
import { aNodePage, aNodeRow, msAgo, testNow } from "./testing/a-node-row.ts";

function pointOf(row: NodeRow, changes: Partial<LivePoint> = {}): LivePoint {
  return { ...livePointSchema.parse(row), ...changes };
}

describe("points of the live layer", () => {
  it("replace the rows they name and leave all others the same objects", () => {
    const [a, b] = [aNodeRow(), aNodeRow()];
    const page = aNodePage([a, b]);
    const next = withPoints(page, [pointOf(b, { opsPerSecond: 401, heardAt: msAgo(0) })]);
    expect(next.rows[0]).toBe(a);
    expect(next.rows[1]).toEqual({ ...b, opsPerSecond: 401, heardAt: msAgo(0) });
  });

  it("change nothing when they say what is known", () => {
    const row = aNodeRow();
    const page = aNodePage([row]);
    expect(withPoints(page, [pointOf(row), pointOf(aNodeRow())])).toBe(page);
  });

  it("never put an older reading over a newer one", () => {
    const row = aNodeRow({ heardAt: msAgo(1_000) });
    const page = aNodePage([row]);
    expect(withPoints(page, [pointOf(row, { heardAt: msAgo(9_000), opsPerSecond: 1 })])).toBe(page);
  });

  it("take a reading away that is no longer known", () => {
    const row = aNodeRow();
    const next = withPoints(aNodePage([row]), [pointOf(row, { cpu: null })]);
    expect(next.rows[0]?.cpu).toBeNull();
  });
});

describe("the passing of time", () => {
  it("tells when a node has missed its reports, and leaves the verdict to the server", () => {
    const page = aNodePage([aNodeRow(), aNodeRow({ heardAt: msAgo(16_000), reportEveryMs: 5_000 })]);
    expect(hasAnyFallenSilent(page, testNow)).toBe(true);
    expect(withStatusAt(page, testNow)).toBe(page);
  });

  it("is quiet about nodes that are known to be silent", () => {
    const silent = { kind: "silent", reason: "No telemetry." } as const;
    const page = aNodePage([aNodeRow(), aNodeRow({ heardAt: msAgo(90_000), status: silent })]);
    expect(hasAnyFallenSilent(page, testNow)).toBe(false);
  });

  it("lets a silent node that is heard again be online at once", () => {
    const silent = aNodeRow({
      heardAt: msAgo(90_000),
      status: { kind: "silent", reason: "No telemetry." },
    });
    const heard = withPoints(aNodePage([silent]), [pointOf(silent, { heardAt: msAgo(200) })]);
    expect(withStatusAt(heard, testNow).rows[0]?.status.kind).toBe("online");
  });

  it("counts a state that was left and the one that was entered", () => {
    const rows = [aNodeRow(), aNodeRow({ p99Ms: 480 })];
    const page = aNodePage(rows, { byStatus: [{ kind: "online", nodes: 2_002 }] });
    expect(withStatusAt(page, testNow).byStatus).toEqual([
      { kind: "online", nodes: 2_001 },
      { kind: "degraded", nodes: 1 },
    ]);
  });

  it("keeps the page itself while no state changes", () => {
    const page = aNodePage([aNodeRow(), aNodeRow()]);
    expect(withStatusAt(page, testNow)).toBe(page);
  });
});
