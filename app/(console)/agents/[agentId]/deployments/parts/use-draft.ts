"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import type { DeploymentView, SetIssue } from "../../../../../../server/features/deployments/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { type DraftRecord, parseDraft, recordsOf, toText } from "./draft-rules.ts";

export type SetDraft = ReturnType<typeof useDraft>;

/** The draft of a SET: one text that form and editor share, judged by the server as it is written. */
export function useDraft({ agentId, environment, records: live }: DeploymentView) {
  const trpc = useTRPC();
  const liveText = useMemo(() => toText(live), [live]);
  const [edited, setEdited] = useState<string | null>(null);
  const text = edited ?? liveText;
  const isChanged = text !== liveText;
  const draft = useMemo(() => parseDraft(text), [text]);
  const records = useMemo(() => recordsOf(draft), [draft]);
  const value = useMemo(() => (draft.kind === "json" ? draft.value : []), [draft]);
  // What is typed is shown at once; it is judged, and tried, when there is time for it.
  const judgedValue = useDeferredValue(value);
  const judged = useQuery(
    trpc.deployments.judge.queryOptions(
      { agentId, environment, records: judgedValue },
      { enabled: isChanged && draft.kind === "json", refetchInterval: false },
    ),
  );
  const issues: readonly SetIssue[] =
    draft.kind === "fault"
      ? [{ pointer: "", rule: "shape", message: draft.message }]
      : isChanged
        ? (judged.data?.issues ?? [])
        : [];
  const isJudged = !isChanged || draft.kind === "fault" || judged.data !== undefined;
  return {
    text,
    setText: setEdited,
    discard: () => setEdited(null),
    records,
    value,
    setRecords: (next: readonly DraftRecord[]) => setEdited(toText(next)),
    isChanged,
    isJudged: isJudged && judgedValue === value,
    issues,
    /** False: only its shape and the targeting could be judged. */
    isRead: draft.kind === "json" && (judged.data?.isRead ?? true),
    failure: judged.error,
  };
}
