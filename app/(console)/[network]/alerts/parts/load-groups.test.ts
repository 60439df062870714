import { expect, it } from "vitest";
import type { Alert } from "../../../../../server/features/alerts/schema.ts";
import { loadGroups, mostAtOnce } from "./load-groups.ts";
import { anAlert } from "./testing/an-alert.ts";

function aServer(sizes: Readonly<Record<string, number>>) {
  const asked: { rule: string | undefined; limit: number }[] = [];
  const ask = async ({ rule, limit }: { rule?: string | undefined; limit: number }) => {
    asked.push({ rule, limit });
    const rows: Alert[] = Array.from({ length: Math.min(limit, sizes[rule ?? ""] ?? 0) }, (_, at) =>
      anAlert({ id: String(at + 1), rule: rule ?? "" }),
    );
    return { rows };
  };
  return { ask, asked };
}

it("asks for all alerts of each group, not only for those that were drawn", async () => {
  const { ask, asked } = aServer({ slow: 120, silent: 3 });
  const alerts = await loadGroups(ask, "rule", [{ key: "slow" }, { key: "silent" }]);
  expect(alerts).toHaveLength(123);
  expect(asked).toEqual([
    { rule: "slow", limit: 500 },
    { rule: "silent", limit: 380 },
  ]);
});

it("takes no more than one action may name, and asks no further", async () => {
  const { ask, asked } = aServer({ slow: 450, silent: 900, disk: 1 });
  const alerts = await loadGroups(ask, "rule", [{ key: "slow" }, { key: "silent" }, { key: "disk" }]);
  expect(alerts).toHaveLength(mostAtOnce);
  expect(asked.map(({ rule }) => rule)).toEqual(["slow", "silent"]);
});

it("asks for nothing where a key names no group", async () => {
  const { ask, asked } = aServer({});
  expect(await loadGroups(ask, "severity", [{ key: "severe" }])).toEqual([]);
  expect(asked).toEqual([]);
});
