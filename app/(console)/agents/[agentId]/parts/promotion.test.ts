import { expect, it } from "vitest";
import type { ConfigView } from "../../../../../server/features/agent-config/schema.ts";
import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import { configAcross, promotionHref, promotionsOf } from "./promotion.ts";

const place = (environment: PlaceSummary["environment"], cid: string | null) => ({
  environment,
  shares:
    cid === null ? [] : [{ cid, semver: "1.0.0", state: "deployed" as const, percent: 100, isDefault: true }],
});

it.each([
  ["goes to every later place", ["a", "b", null], 0, ["staging", "prod"]],
  ["not to where everybody has it", ["a", "b", "a"], 0, ["staging"]],
  ["never back", ["a", "b", "c"], 2, []],
  ["nothing deployed, nothing to bring on", [null, "b", "c"], 0, []],
] as const)("%s", (_what, cids, at, expected) => {
  const places = (["dev", "staging", "prod"] as const).map((name, index) => place(name, cids[index] ?? null));
  const from = places[at];
  expect(from && promotionsOf(from, places)).toEqual(expected);
});

it("leads to the rollouts of the place, with the version chosen", () => {
  expect(promotionHref("aa:bot", place("dev", "cid1"), "prod")).toBe(
    "/agents/aa:bot/rollouts?env=prod&from=dev&version=cid1",
  );
});

const config = (settings: ConfigView["settings"], secrets: readonly string[]) => ({
  settings,
  secrets: secrets.map((name) => ({ name, setAt: "", setBy: "" })),
});

it("tells what is set otherwise, and which secrets are not there; when a secret was set is no difference", () => {
  expect(
    configAcross(config({ tone: "plain", words: 4 }, ["KEY", "SEAL"]), config({ tone: "formal" }, ["SEAL"])),
  ).toEqual({
    settings: [
      { kind: "setting", name: "tone", before: '"plain"', after: '"formal"' },
      { kind: "setting", name: "words", before: "4", after: null },
    ],
    missingSecrets: ["KEY"],
  });
});
