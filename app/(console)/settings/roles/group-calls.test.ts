import { expect, it } from "vitest";
import { roles } from "../../../../server/kernel/roles.ts";
import { type Call, groupCalls, mayCall } from "./group-calls.ts";

const call = (path: string, more: Partial<Call> = {}): Call => ({
  ...{ path, isChange: false, role: "viewer", isOwn: false, places: [], audit: null },
  ...more,
});

it("keeps every call, in the line of its area that asks for the same", () => {
  const calls = [
    call("nodes.list"),
    call("nodes.get"),
    call("nodes.setLimits", { isChange: true, role: "operator" }),
    call("audit.list", { role: "auditor" }),
  ];
  const groups = groupCalls(calls);
  expect(groups.flatMap((group) => group.calls)).toHaveLength(calls.length);
  expect(groups.map(({ area, role, calls: members }) => [area, role, members.length])).toEqual([
    ["nodes", "viewer", 2],
    ["nodes", "operator", 1],
    ["audit", "auditor", 1],
  ]);
});

it("marks who may", () => {
  const who = (group: Pick<Call, "role" | "isOwn">) => roles.filter((role) => mayCall(role, group));
  expect(who({ role: "viewer", isOwn: false })).toEqual(roles);
  expect(who({ role: "auditor", isOwn: false })).toEqual(["auditor", "admin"]);
  expect(who({ role: "viewer", isOwn: true })).toEqual(roles);
});
