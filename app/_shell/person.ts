import { type Grant, type Role, roles } from "../../server/kernel/roles.ts";

/** Who is signed in, as much as the shell shows. */
export type Person = { id: string; name: string; email: string; grants: readonly Grant[] };

/** The strongest role a person holds on a network; admin stands last in the list of roles. */
export function roleOn(person: Person, network: string): Role | null {
  const held = person.grants.filter((grant) => grant.network === null || grant.network === network);
  return roles.findLast((role) => held.some((grant) => grant.role === role)) ?? null;
}

/** "Inês Duarte" → "ID" */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("").toUpperCase();
}
