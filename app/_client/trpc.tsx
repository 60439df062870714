"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, type HTTPLinkOptions, httpBatchLink, httpLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "../../server/trpc/root.ts";
import { buildQueryClient } from "./query-client.ts";

const context = createTRPCContext<AppRouter>();

/** `useTRPC().nodes.list.queryOptions(input)` for useQuery, `useTRPCClient()` for a single call. */
export const { useTRPC, useTRPCClient } = context;

const requestTimeoutMs = 15_000;

/** Around the whole application, once: React Query and tRPC. */
export function TRPCProvider({ children }: { children: ReactNode }) {
  const queryClient = browserQueryClient();
  const [trpcClient] = useState(buildTrpcClient);
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}

let shared: QueryClient | undefined;

/** One for the life of the tab; React may throw away state while the first render suspends. */
function browserQueryClient(): QueryClient {
  if (typeof window === "undefined") return buildQueryClient();
  shared ??= buildQueryClient();
  return shared;
}

/** For a query that may take its time: an answer with others would keep them waiting. */
export const onItsOwn = { context: { skipBatch: true } };

function buildTrpcClient() {
  const http: Pick<HTTPLinkOptions<AppRouter["_def"]["_config"]["$types"]>, "url" | "fetch"> = {
    url: "/api/trpc",
    fetch: (url, options) => fetch(url, { ...options, signal: withTimeout(options?.signal) }),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ context }) => context.skipBatch === true,
        true: httpLink(http),
        // Keeps GET addresses below what proxies accept; a longer batch is split.
        false: httpBatchLink({ ...http, maxURLLength: 6_000 }),
      }),
    ],
  });
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  const limit = AbortSignal.timeout(requestTimeoutMs);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}
