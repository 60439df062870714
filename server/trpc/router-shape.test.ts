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
  const { kind, role, audit, unaudited, output, inputs, isOwn, places } = permission;

  it("names a role and an output schema", () => {
    expect(role).not.toBeNull();
    expect(output).not.toBeNull();
  });

  // Without a transformer on the wire a Date or a bigint would arrive as something else.
  it("takes and gives what JSON can say", () => {
    for (const input of inputs) expect(jsonSchemaOf(input, "input")).toBeDefined();
    expect(jsonSchemaOf(output, "output")).toBeDefined();
  });

  it("names an audit action exactly if it changes something", () => {
    if (kind === "mutation" && unaudited === null) expect(audit).toMatch(/^[a-z-]+(\.[a-z-]+)+$/);
    else expect(audit).toBeNull();
  });

  it("leaves out of the audit log only what is the caller's own, and says why", () => {
    if (unaudited === null) return;
    expect({ kind, isOwn }).toEqual({ kind: "mutation", isOwn: true });
    expect(unaudited).toMatch(/^not kept: .{10,}/);
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

/** Throws when the schema lets something pass that JSON has no form for. */
function jsonSchemaOf(schema: unknown, io: "input" | "output"): unknown {
  if (!(schema instanceof z.ZodType)) throw new TypeError("It is not a schema that zod can judge.");
  return z.toJSONSchema(schema, { io, unrepresentable: "throw" });
}
