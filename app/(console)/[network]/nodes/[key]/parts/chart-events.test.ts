import { describe, expect, it } from "vitest";
import type { NodeEvent } from "../../../../../../server/features/nodes/history-schema.ts";
import { chartEvents } from "./chart-events.ts";

const start = Date.parse("2026-11-23T03:00:00.000Z");
const span = { from: start, to: start + 3_600_000 };

function anEvent(minute: number, changes: Partial<NodeEvent> = {}): NodeEvent {
  const at = new Date(start + minute * 60_000).toISOString();
  return {
    id: at,
    at,
    until: null,
    kind: "changed",
    severity: "info",
    text: `Version ${minute}`,
    ...changes,
  };
}

describe("the flags over the charts", () => {
  it("are numbered in the order of time, whatever order the list has", () => {
    const flags = chartEvents([anEvent(40), anEvent(2)], span);
    expect(flags.map(({ number, label }) => [number, label])).toEqual([
      [1, "Version 2"],
      [2, "Version 40"],
    ]);
  });

  it("leave out silences, which are drawn as gaps, and what lies outside", () => {
    expect(chartEvents([anEvent(10, { kind: "silence" }), anEvent(-1), anEvent(60)], span)).toEqual([]);
  });

  it("are the newest when there are too many", () => {
    const flags = chartEvents(
      Array.from({ length: 12 }, (_, minute) => anEvent(minute)),
      span,
    );
    expect([flags.length, flags[0]?.label, flags.at(-1)?.number]).toEqual([8, "Version 4", 8]);
  });
});
