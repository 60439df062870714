import { expect, it } from "vitest";
import { initialsOf, type Person, roleOn } from "./person.ts";

const ines: Person = {
  id: "person-1",
  name: "Inês Duarte",
  email: "ines@northbeam.example",
  grants: [
    { role: "viewer", network: null, environment: null },
    { role: "operator", network: "mainnet", environment: null },
  ],
};

it("names the strongest role on the network that is shown", () => {
  expect(roleOn(ines, "mainnet")).toBe("operator");
  expect(roleOn(ines, "devnet")).toBe("viewer");
  expect(roleOn({ ...ines, grants: [] }, "mainnet")).toBeNull();
});

it.each([
  ["Inês Duarte", "ID"],
  ["Mara van der Okafor", "MO"],
  ["root", "R"],
  ["", ""],
])("shortens %j to %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
