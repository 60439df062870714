import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, trpc } from "../../../_client/prefetch.tsx";
import { PeopleEntry } from "./people-entry.tsx";
import { loadPeopleParams, toPeopleInput } from "./search-params.ts";

export const metadata: Metadata = { title: "People and roles" };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = toPeopleInput(await loadPeopleParams(searchParams));
  await prefetch(trpc.identity.listPeople.queryOptions(input));
  return (
    <HydrateClient>
      <PeopleEntry />
    </HydrateClient>
  );
}
