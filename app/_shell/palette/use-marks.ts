"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PaletteMark } from "../../../server/features/palette/schema.ts";
import { useTRPC } from "../../_client/trpc.tsx";

export type MarkWords = { kind: string; label: string; detail: string };

/** What the person opened last and what they pinned; kept with the account. */
export function useMarks() {
  const trpc = useTRPC();
  return useQuery(trpc.palette.marks.queryOptions(undefined, { refetchInterval: false }));
}

/** A failure to remember is no reason to disturb: the page opens all the same. */
export function useRemember() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const store = (marks: PaletteMark[]) => queryClient.setQueryData(trpc.palette.marks.queryKey(), marks);
  const remember = useMutation(trpc.palette.rememberMark.mutationOptions({ onSuccess: store }));
  const pin = useMutation(trpc.palette.pinMark.mutationOptions({ onSuccess: store }));
  return { remember: remember.mutate, pin: pin.mutate };
}
