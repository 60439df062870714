import { expect, it } from "vitest";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { countPeople } from "./people-words.ts";

const person = (
  state: Person["state"],
  role: Person["grants"][number]["role"],
  network: null | "mainnet" = null,
) => ({
  id: `${state}${role}${network}`,
  name: "Ana",
  email: "ana@test.local",
  state,
  grants: [{ role, network, environment: null }],
  hasSecondFactor: false,
  ways: [],
  sessions: 0,
  seenAt: null,
  createdAt: "2026-11-23T12:00:00.000Z",
  disabledAt: null,
  linkExpiresAt: null,
});

it("counts who is there, and as admins only those who could let people in", () => {
  expect(countPeople([])).toBe("0 people");
  expect(countPeople([person("active", "admin")])).toBe("1 person, 1 of them an admin");
  expect(
    countPeople([
      person("active", "admin"),
      person("active", "admin", "mainnet"),
      person("invited", "admin"),
      person("deactivated", "viewer"),
    ]),
  ).toBe("2 people, 1 of them an admin, 1 invited, 1 deactivated");
});
