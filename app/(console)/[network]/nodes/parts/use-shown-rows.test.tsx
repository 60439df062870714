// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { NodePage } from "../../../../../server/features/nodes/schema.ts";
import { aNodePage, aNodeRow } from "./testing/a-node-row.ts";
import { type Reading, useShownRows } from "./use-shown-rows.ts";

afterEach(cleanup);

const [a, b] = [aNodeRow({ name: "a" }), aNodeRow({ name: "b" })];
const degraded = { ...b, status: { kind: "degraded" as const, reason: "p99 is 480 ms" } };
const first = aNodePage([a, b]);
const later = aNodePage([degraded, a]);

type Given = Reading & { page: NodePage };

function renderRows(reading: Partial<Reading>) {
  const given: Given = { question: "all", isPaused: false, isReading: false, page: first, ...reading };
  const hook = renderHook(({ page, ...rest }: Given) => useShownRows(page, rest), { initialProps: given });
  return {
    shown: () => hook.result.current.rows.map((row) => `${row.name} ${row.status.kind}`),
    news: () => hook.result.current.news,
    showNews: () => act(() => hook.result.current.showNews()),
    give: (change: Partial<Given>) => hook.rerender({ ...given, ...change }),
  };
}

describe("the rows of the list", () => {
  it("follow the order of the server while nobody reads them", () => {
    const rows = renderRows({});
    rows.give({ page: later });
    expect([rows.shown(), rows.news()]).toEqual([["b degraded", "a online"], 0]);
  });

  it("stay in their places while somebody reads them, with new figures, and say what changed", () => {
    const rows = renderRows({ isReading: true });
    rows.give({ page: later });
    expect([rows.shown(), rows.news()]).toEqual([["a online", "b degraded"], 1]);
  });

  it("do not move at all while the page is paused", () => {
    const rows = renderRows({ isPaused: true });
    rows.give({ page: later });
    expect([rows.shown(), rows.news()]).toEqual([["a online", "b online"], 1]);
  });

  it("take the new order when it is asked for", () => {
    const rows = renderRows({ isReading: true });
    rows.give({ page: later });
    rows.showNews();
    expect([rows.shown(), rows.news()]).toEqual([["b degraded", "a online"], 0]);
  });

  it("take the new order when the reader leaves", () => {
    const rows = renderRows({ isReading: true });
    rows.give({ page: later });
    rows.give({ page: later, isReading: false });
    expect(rows.shown()).toEqual(["b degraded", "a online"]);
  });

  it("are those of another filter at once, also while they are read", () => {
    const rows = renderRows({ isReading: true });
    rows.give({ page: aNodePage([degraded]), question: "degraded" });
    expect([rows.shown(), rows.news()]).toEqual([["b degraded"], 0]);
  });
});
