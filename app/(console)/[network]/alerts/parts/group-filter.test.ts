import { describe, expect, it } from "vitest";
import { groupFilterOf, groupName } from "./group-filter.ts";
import { groupHref, ownedWords } from "./group-words.ts";
import { silenceOfGroups } from "./review-target.ts";
import { aGroup } from "./testing/a-group.ts";

describe("the alerts of a group", () => {
  it.each([
    ["rule", "node-silent", { rule: "node-silent" }],
    ["rule", "a rule: of Alertmanager", { rule: "a rule: of Alertmanager" }],
    ["subject", "node:0xab", { subject: { kind: "node", id: "0xab" } }],
    ["subject", "service:http://a:9090", { subject: { kind: "service", id: "http://a:9090" } }],
    ["severity", "warning", { severity: ["warning"] }],
  ] as const)("by %s %s are asked for by what they share", (by, key, filter) => {
    expect(groupFilterOf(by, key)).toEqual(filter);
  });

  it.each([
    ["rule", ""],
    ["subject", "node"],
    ["subject", "node:"],
    ["subject", "moon:1"],
    ["severity", "severe"],
  ] as const)("by %s %j are none: an address may say anything", (by, key) => {
    expect(groupFilterOf(by, key)).toBeNull();
  });
});

describe("a group", () => {
  it("is named by its rule, its subject or its severity, and by its key while nothing else is known", () => {
    expect(groupName("rule", { key: "node-silent", name: "Node silent" })).toBe("Node silent");
    expect(groupName("rule", { key: "node-silent", name: "" })).toBe("node-silent");
    expect(groupName("severity", { key: "critical", name: "" })).toBe("Critical");
  });

  it("is silenced by its rule or its subject; several, or a severity, by nothing", () => {
    const subject = { kind: "node", id: "0xab", name: "s07" } as const;
    expect(silenceOfGroups([aGroup({ rule: "slow", name: "Slow" })])).toEqual({
      title: "Slow",
      rule: "slow",
    });
    expect(silenceOfGroups([aGroup({ subject, name: "s07" })])).toEqual({ title: "s07", subject });
    expect(silenceOfGroups([aGroup({})])).toMatch(/group by one of them/);
    expect(silenceOfGroups([aGroup({ rule: "a" }), aGroup({ rule: "b" })])).toMatch(/choose one group/);
  });

  it("keeps the rest of the address when it is looked into", () => {
    const search = new URLSearchParams("by=rule&q=s07&alert=9");
    expect(groupHref(search, "node:a b")).toBe("?by=rule&q=s07&in=node%3Aa+b");
    expect(groupHref(new URLSearchParams("by=rule&in=slow"), null)).toBe("?by=rule");
  });

  it("says how many of it somebody has", () => {
    expect([0, 2, 5].map((owned) => ownedWords({ owned, alerts: 5 }))).toEqual([
      "no owner",
      "2 of 5 have an owner",
      "all have an owner",
    ]);
  });
});
