import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ApiMatcher, apiAlertsSchema, apiSilencesSchema, webhookSchema } from "./alertmanager-schema.ts";
import {
  foreignMatchers,
  foreignNetwork,
  foreignSeverity,
  foreignSubject,
  foreignWords,
  isOfAnotherNetwork,
  markedId,
  matcherText,
  ownMatcher,
  safeLink,
  silenceMark,
} from "./rules.ts";

const fixtures = new URL("fixtures/", import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, fixtures), "utf8"));
const node = "0x000000000000000000000000000000000000000000000000000000000ace0001";
const equal = (name: string, value: string): ApiMatcher => ({ name, value, isRegex: false, isEqual: true });

it("reads every message that Alertmanager wrote", () => {
  const names = readdirSync(fixtures).filter((name) => !name.startsWith("api-"));
  expect(names.length).toBe(7);
  for (const name of names) expect(webhookSchema.parse(read(name)).alerts.length).toBeGreaterThan(0);
  expect(webhookSchema.parse(read("truncated-firing.json"))).toMatchObject({ truncatedAlerts: 3 });
  expect(apiAlertsSchema.parse(read("api-alerts.json")).map(({ status }) => status.state)).toContain(
    "suppressed",
  );
  expect(apiSilencesSchema.parse(read("api-silences.json"))).toHaveLength(3);
});

describe("an alert of Alertmanager", () => {
  it("is about the node that it names, else about what was scraped", () => {
    expect(foreignSubject({ ddc_node: node.toUpperCase().replace("0X", "0x") })).toEqual({
      kind: "node",
      id: node,
    });
    expect(foreignSubject({ ddc_node: "storage-1", instance: "a:9100" })).toEqual({
      kind: "service",
      id: "a:9100",
    });
    expect(foreignSubject({})).toEqual({ kind: "service", id: "unnamed" });
  });
  it.each([
    ["critical", "critical"],
    ["page", "critical"],
    ["warning", "warning"],
    ["info", "info"],
    ["whatever", "warning"],
    [undefined, "warning"],
  ])("of severity %s is %s", (word, severity) => {
    expect(foreignSeverity(word === undefined ? {} : { severity: word })).toBe(severity);
  });
  it("keeps its words, and no link that is none", () => {
    const labels = { alertname: "X" };
    expect(foreignWords({ labels, annotations: {} })).toEqual({ rule: "X", title: "X", detail: "X" });
    expect(safeLink("javascript:alert(1)")).toBeNull();
    expect(safeLink("http://prometheus:9090/graph")).toBe("http://prometheus:9090/graph");
    expect(foreignNetwork({ ddc_network: "devnet" })).toBe("devnet");
    expect(foreignNetwork({ ddc_network: "elsewhere" })).toBeNull();
  });
});

describe("a silence", () => {
  it("is said in our words only if they say all of it", () => {
    expect(ownMatcher([equal("alertname", "A"), equal("ddc_node", node)])).toEqual({ rule: "A", node });
    expect(ownMatcher([equal("alertname", "A"), equal("team", "x")])).toBeNull();
    expect(ownMatcher([{ ...equal("alertname", "A"), isEqual: false }])).toBeNull();
    expect(ownMatcher([{ ...equal("ddc_node", "0x00.*"), isRegex: true }])).toBeNull();
  });
  it("of ours is said in labels, or not at all", () => {
    const all = { rule: "A", subjectKind: "node", subjectId: node };
    const ofDevnet: ApiMatcher = { ...equal("ddc_network", "devnet|"), isRegex: true };
    expect(foreignMatchers("devnet", all)).toEqual([
      equal("alertname", "A"),
      equal("ddc_node", node),
      ofDevnet,
    ]);
    expect(foreignMatchers("devnet", { ...all, subjectKind: "topic", subjectId: "t" })).toBeNull();
  });
  it("is of the network that its mark or a matcher names, else of each that its Alertmanager serves", () => {
    const elsewhere = (matchers: ApiMatcher[], comment = "moving") =>
      isOfAnotherNetwork("mainnet", { comment, matchers });
    expect(elsewhere([equal("alertname", "A")])).toBe(false);
    expect(elsewhere([equal("ddc_network", "mainnet")])).toBe(false);
    expect(elsewhere([equal("ddc_network", "devnet")])).toBe(true);
    expect(elsewhere([{ ...equal("ddc_network", "devnet"), isEqual: false }])).toBe(false);
    expect(elsewhere([equal("alertname", "A")], `moving ${silenceMark("devnet", "12")}`)).toBe(true);
    expect(ownMatcher([equal("alertname", "A"), equal("ddc_network", "mainnet")])).toEqual({
      rule: "A",
      node: null,
    });
  });
  it("is known again by its mark, on its own network", () => {
    const comment = `moving ${silenceMark("mainnet", "12")}`;
    expect(markedId("mainnet", { comment })).toBe("12");
    expect(markedId("devnet", { comment })).toBeNull();
    expect(markedId("mainnet", { comment: "moving" })).toBeNull();
  });
  it("is written as Alertmanager writes it", () => {
    expect(matcherText({ name: "a", value: 'x"y', isRegex: true, isEqual: false })).toBe('a!~"x\\"y"');
  });
});
