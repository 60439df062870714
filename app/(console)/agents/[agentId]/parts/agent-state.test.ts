import { expect, it } from "vitest";
import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import { agentState } from "./agent-state.ts";

const agent = { isArchived: false, latest: null };
const share = { cid: "c", semver: "1.0.0", state: "deployed", percent: 100, isDefault: true } as const;
const lock = { at: "2026-01-01T00:00:00.000Z", reason: "Errors rose." };
const rollout = { id: "1", phase: "running", isApproved: true, weight: 25 } as const;

function aPlace(parts: Partial<PlaceSummary>): PlaceSummary {
  return {
    environment: "dev",
    generation: 1,
    applied: null,
    shares: [],
    targeted: [],
    instances: { known: 0, ready: 0 },
    now: null,
    rollout: null,
    lock: null,
    ...parts,
  };
}
const dev = aPlace({ shares: [share] });
const prod = (parts: Partial<PlaceSummary>) => aPlace({ environment: "prod", shares: [share], ...parts });

it.each([
  ["not deployed", []],
  ["in dev", [dev, prod({ shares: [] })]],
  ["in prod", [dev, prod({})]],
  ["in prod, deprecated", [prod({ shares: [{ ...share, state: "deprecated" }] })]],
  ["rollout to prod at 25 %", [dev, prod({ rollout })]],
  [
    "rollout to prod waits for approval",
    [dev, prod({ rollout: { ...rollout, phase: "waiting", isApproved: false } })],
  ],
  ["rollout to dev begins", [aPlace({ rollout: { ...rollout, phase: "waiting" } })]],
  ["rollout to prod paused at 25 %", [dev, prod({ rollout: { ...rollout, phase: "paused" } })]],
  ["rolled back in prod, locked", [dev, prod({ rollout, lock })]],
])("says %s", (word, places) => expect(agentState(agent, places).word).toBe(word));

it("says why it is locked", () => {
  expect(agentState(agent, [prod({ lock })]).why).toBe("Errors rose.");
});

it("an archived agent is archived, whatever is still there", () => {
  expect(agentState({ ...agent, isArchived: true }, [dev]).word).toBe("archived");
});
