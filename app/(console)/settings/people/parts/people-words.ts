import { isAdminEverywhere } from "../../../../../server/features/identity/person-rules.ts";
import type { Person } from "../../../../../server/features/identity/schema.ts";

/** "8 people, 3 of them admins, 1 invited, 1 deactivated" */
export function countPeople(people: readonly Person[]): string {
  const active = people.filter(({ state }) => state === "active");
  const admins = active.filter(({ grants }) => isAdminEverywhere(grants)).length;
  const invited = people.filter(({ state }) => state === "invited").length;
  const gone = people.filter(({ state }) => state === "deactivated").length;
  return [
    active.length === 1 ? "1 person" : `${active.length} people`,
    admins > 0 && `${admins} of them ${admins === 1 ? "an admin" : "admins"}`,
    invited > 0 && `${invited} invited`,
    gone > 0 && `${gone} deactivated`,
  ]
    .filter(Boolean)
    .join(", ");
}
