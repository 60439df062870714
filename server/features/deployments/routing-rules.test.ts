import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildRoutes, chooseRecord } from "./routing-rules.ts";
import { aRecord } from "./testing/a-record.ts";

const agentId = `${"ab".repeat(32)}:summarizer`;
const choose = (records: Parameters<typeof buildRoutes>[0], vault: string, at = 0) =>
  chooseRecord(buildRoutes(records), {
    agentId,
    at,
    facts: { vault: { id: vault, scope: "default" }, event: { type: "t" } },
  })?.name;
const tier = (weight: number) => [
  aRecord({ name: "canary", targeting: "true", weight }),
  aRecord({ name: "default", weight: 100 - weight }),
];

describe("chooseRecord", () => {
  it("gives weights within 1 % of the SET over 100,000 events", () => {
    for (const weight of [1, 5, 25, 50]) {
      const routes = buildRoutes(tier(weight));
      let canary = 0;
      for (let index = 0; index < 100_000; index++) {
        const facts = { vault: { id: `vault-${index}`, scope: "default" }, event: { type: "t" } };
        if (chooseRecord(routes, { agentId, facts, at: 0 })?.name === "canary") canary++;
      }
      expect(Math.abs(canary / 1_000 - weight)).toBeLessThan(1);
    }
  });

  it("gives the same vault the same answer, and takes vaults over only when a weight grows", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 98 }),
        fc.integer({ min: 1, max: 98 }),
        (vault, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          expect(choose(tier(less), vault)).toBe(choose(tier(less), vault));
          if (choose(tier(less), vault) === "canary") expect(choose(tier(more), vault)).toBe("canary");
        },
      ),
    );
  });

  it("takes the lowest priority that fits, is on and has not expired", () => {
    const records = [
      aRecord({ name: "default", priority: 10 }),
      aRecord({ name: "pin", priority: 1, targeting: 'vault.id == "a"', expiresAt: "1970-01-01T00:01:00Z" }),
      aRecord({ name: "off", priority: 0, targeting: "true", enabled: false }),
    ];
    expect(choose(records, "a")).toBe("pin");
    expect(choose(records, "a", 60_000)).toBe("default");
    expect(choose(records, "b")).toBe("default");
  });
});
