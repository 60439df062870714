import { setTimeout } from "node:timers/promises";
import {
  dehydrate,
  type FetchInfiniteQueryOptions,
  type FetchQueryOptions,
  HydrationBoundary,
} from "@tanstack/react-query";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import type { Me } from "../../server/features/identity/schema.ts";
import type { AppRouter } from "../../server/trpc/root.ts";
import { buildQueryClient } from "./query-client.ts";
import { type Caller, serverSlot } from "./server-slot.ts";

/** One query client a request: what a page prefetches, its HydrateClient hands to the browser. */
const requestQueryClient = cache(buildQueryClient);

/** Straight into the procedures of this process: no HTTP, no serialization. */
const slotLink: TRPCLink<AppRouter> =
  () =>
  ({ op }) =>
    observable((observer) => {
      queryHere(op.path, op.input).then(
        (data) => {
          observer.next({ result: { type: "data", data } });
          observer.complete();
        },
        (error: unknown) =>
          observer.error(TRPCClientError.from(error instanceof Error ? error : new Error(String(error)))),
      );
    });

async function queryHere(path: string, input: unknown): Promise<unknown> {
  return serverSlot().query(await headers(), path, input);
}

/** For server components: `await prefetch(trpc.nodes.list.queryOptions(input))`. The keys equal those of `useTRPC`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({
  client: createTRPCClient<AppRouter>({ links: [slotLink] }),
  queryClient: requestQueryClient,
});

/** A page does not wait longer for its data: what is slower is asked for by the browser, into a panel that shows it. */
const patienceMs = 300;

/**
 * Loads a query before the page is sent, if it is quick. A failure is not thrown: the panel asks again in the browser
 * and shows it. Only what has ended is handed over: data that came after the HTML would not fit it.
 */
export async function prefetch<Data, Failure, Selected, Key extends readonly unknown[]>(
  options: FetchQueryOptions<Data, Failure, Selected, Key>,
): Promise<void> {
  await whilePatient(requestQueryClient().prefetchQuery(options));
}

/** The same for the first page of a list that goes on. */
export async function prefetchInfinite<Data, Failure, Selected, Key extends readonly unknown[], Position>(
  options: FetchInfiniteQueryOptions<Data, Failure, Selected, Key, Position>,
): Promise<void> {
  await whilePatient(requestQueryClient().prefetchInfiniteQuery(options));
}

async function whilePatient(loading: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const tooSlow = setTimeout(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([loading, tooSlow]);
  patience.abort();
}

/** Around the client part of a page: hands over what was prefetched. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(requestQueryClient())}>{children}</HydrationBoundary>;
}

/** For layouts and actions: null without a session. */
export async function requestCaller(): Promise<Caller | null> {
  return serverSlot().callerFor(await headers());
}

/** Who asks, once a request; null without a session. */
export const requestMe = cache(
  async (): Promise<Me | null> => (await requestCaller())?.identity.me() ?? null,
);
