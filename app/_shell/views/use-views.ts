"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SavedViewRow } from "../../../server/features/views/schema.ts";
import { useTRPC } from "../../_client/trpc.tsx";

/** All views that the person may see; few, so that one query serves the navigation and every page's menu. */
export function useViews(): readonly SavedViewRow[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.views.list.queryOptions(undefined, { refetchInterval: false }));
  return data ?? none;
}

const none: readonly SavedViewRow[] = [];

export function useViewChanges() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = (views: SavedViewRow[]) =>
    void queryClient.setQueryData(trpc.views.list.queryKey(), views);
  return {
    save: useMutation(trpc.views.save.mutationOptions({ onSuccess })),
    update: useMutation(trpc.views.update.mutationOptions({ onSuccess })),
    remove: useMutation(trpc.views.delete.mutationOptions({ onSuccess })),
  };
}
