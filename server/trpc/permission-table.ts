import type { AnyProcedure, AnyRouter } from "@trpc/server";
import { type Role, roles } from "../kernel/roles.ts";
import type { ProcedureMeta } from "./init.ts";
import { type Places, placesOf } from "./places.ts";

/** What the router says about one call; `role` is null for a procedure that forgot to name one. */
export type Permission = {
  path: string;
  kind: AnyProcedure["_def"]["type"];
  role: Role | null;
  /** Environments in which a developer may as well. */
  developerIn: readonly string[];
  keepsRefusals: boolean;
  places: Places;
  /** Touches the caller's own account only. */
  isOwn: boolean;
  audit: string | null;
  /** Why a change of one's own is not in the audit log. */
  unaudited: string | null;
  /** Its schema; null for a procedure that forgot to name one. */
  output: unknown;
  inputs: readonly unknown[];
};

/** Every procedure of a router, by path. */
export function listPermissions(router: AnyRouter): Permission[] {
  const procedures: [string, AnyProcedure][] = Object.entries(router._def.procedures);
  return procedures
    .map(([path, procedure]) => toPermission(path, procedure))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function toPermission(path: string, { _def }: AnyProcedure): Permission {
  const meta: ProcedureMeta = Object.assign({}, _def.meta);
  return {
    path,
    kind: _def.type,
    role: roles.find((role) => role === meta.role) ?? null,
    developerIn: meta.developerIn ?? [],
    keepsRefusals: meta.keepsRefusals === true,
    places: placesOf(_def.inputs),
    isOwn: meta.own ?? false,
    audit: meta.audit ?? null,
    unaudited: meta.unaudited ?? null,
    output: "output" in _def ? (_def.output ?? null) : null,
    inputs: _def.inputs,
  };
}

/** The table of docs/permissions.md. */
export function permissionTable(permissions: readonly Permission[]): string {
  const head = `| call | kind | ${roles.join(" | ")} | where | audit action |`;
  const rule = `|---|---|${roles.map(() => ":-:").join("|")}|---|---|`;
  return [head, rule, ...permissions.map((permission) => tableRow(permission))].join("\n");
}

function tableRow(permission: Permission): string {
  const { path, kind, role: needed, developerIn, places, isOwn, audit, unaudited } = permission;
  const marks = roles.map((role) => {
    if (role === needed || role === "admin" || needed === "viewer") return "●";
    return role === "developer" ? developerIn.join(", ") : "";
  });
  const bounds = places.named.map((name) =>
    places.required.includes(name) ? `one ${name}` : `a ${name} or all`,
  );
  const where = isOwn ? "own account" : bounds.join(", ") || "everywhere";
  return `| \`${path}\` | ${kind} | ${marks.join(" | ")} | ${where} | ${audit ? `\`${audit}\`` : (unaudited ?? "")} |`;
}
