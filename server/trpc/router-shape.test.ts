import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listPermissions } from "./permission-table.ts";
import { permissionsDocument, permissionsFile } from "./permissions-document.ts";
import { appRouter } from "./root.ts";

const permissions = listPermissions(appRouter);

it("has procedures", () => {
  expect(permissions.length).toBeGreaterThan(10);
});

describe.each(permissions)("$path", (permission) => {
  const { kind, role, audit, hasOutput, inputs, isOwn, places } = permission;

  it("names a role and an output schema", () => {
    expect(role).not.toBeNull();
    expect(hasOutput).toBe(true);
  });

  it("takes what zod can judge", () => {
    for (const input of inputs) expect(input).toBeInstanceOf(z.ZodType);
  });

  it("names an audit action exactly if it changes something", () => {
    if (kind === "mutation") expect(audit).toMatch(/^[a-z-]+(\.[a-z-]+)+$/);
    else expect(audit).toBeNull();
  });

  it("is open to viewers only if it changes nothing or the caller's own account", () => {
    if (kind === "mutation" && role === "viewer") expect(isOwn).toBe(true);
    if (isOwn) expect({ role, places: places.named }).toEqual({ role: "viewer", places: [] });
  });

  // Without one, a viewer of one network would see all of them.
  it("does not let a viewer leave out the network", () => {
    if (role === "viewer") expect(places.required).toEqual(places.named);
  });
});

it("is documented as it is (npm run docs:permissions)", async () => {
  expect(await readFile(permissionsFile, "utf8")).toBe(permissionsDocument());
});
