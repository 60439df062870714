import { createLoader, parseAsBoolean, parseAsString } from "nuqs/server";

/** What the list shows and who is open beside it; all of it is in the address. */
export const peopleParsers = {
  q: parseAsString.withDefault(""),
  /** Also those who were deactivated. */
  all: parseAsBoolean.withDefault(false),
  person: parseAsString,
};

export const loadPeopleParams = createLoader(peopleParsers);

/** Beyond this many the search has to be narrower. */
export const peoplePerPage = 200;

export function toPeopleInput({ q }: { q: string }) {
  return { search: q === "" ? null : q, limit: peoplePerPage };
}
