import type { Role } from "../../../../server/kernel/roles.ts";

export type Call = {
  path: string;
  isChange: boolean;
  role: Role;
  isOwn: boolean;
  places: readonly ("network" | "environment")[];
  audit: string | null;
};

/** Calls of one area that ask for the same: one line of the table. */
export type CallGroup = {
  area: string;
  isChange: boolean;
  role: Role;
  isOwn: boolean;
  calls: readonly Call[];
};

/** By area; within it reading before changing, and what more people may do first. */
export function groupCalls(calls: readonly Call[]): CallGroup[] {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const key = JSON.stringify([areaOf(call), call.isChange, call.isOwn, call.role]);
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const found = [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const { isChange, role, isOwn } = first;
    return [{ area: areaOf(first), isChange, role, isOwn, calls: members }];
  });
  const areas = [...new Set(found.map(({ area }) => area))];
  const rank = ({ area, isOwn, isChange }: CallGroup) =>
    areas.indexOf(area) * 4 + Number(isOwn) * 2 + Number(isChange);
  return found.sort((one, other) => rank(one) - rank(other));
}

/** As the guard decides it: the role itself, an admin, and for reading everybody. */
export function mayCall(role: Role, { role: needed, isOwn }: Pick<CallGroup, "role" | "isOwn">): boolean {
  return isOwn || role === needed || role === "admin" || needed === "viewer";
}

function areaOf({ path }: Call): string {
  return path.split(".")[0] ?? path;
}
