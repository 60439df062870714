"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import type { ConfigIssue, ConfigView } from "../../../../../../server/features/agent-config/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { draftSettings, type Edit, type Edits, withEdit } from "./draft-values.ts";

export type ConfigDraft = ReturnType<typeof useConfigDraft>;
/** Text = written anew, null = taken away. It stands in this page only, until it is applied. */
type SecretEdits = Readonly<Record<string, string | null>>;

/** A draft of a configuration: settings are judged by the server as they are written, secrets when they are applied. */
export function useConfigDraft(config: ConfigView) {
  const { agentId, environment } = config;
  const trpc = useTRPC();
  const [edits, setEdits] = useState<Edits>({});
  const [secrets, setSecrets] = useState<SecretEdits>({});
  const settings = useMemo(() => draftSettings(config, edits), [config, edits]);
  const hasEdits = Object.keys(edits).length > 0;
  const judgedSettings = useDeferredValue(settings);
  const judged = useQuery(
    trpc.agentConfig.judge.queryOptions(
      { agentId, environment, settings: judgedSettings },
      { enabled: hasEdits, refetchInterval: false },
    ),
  );
  const empty = Object.keys(secrets).filter((name) => secrets[name] === "");
  const issues: readonly ConfigIssue[] = [
    ...(hasEdits ? (judged.data ?? []) : []),
    ...empty.map((field) => ({ field, message: "Write it, or leave it as it is." })),
  ];
  return {
    edits,
    edit: (name: string, edit: Edit) => setEdits((before) => withEdit(config, before, { name, edit })),
    secrets,
    editSecret: (name: string, edit: string | null) => setSecrets((before) => ({ ...before, [name]: edit })),
    keepSecret: (name: string) =>
      setSecrets((before) => Object.fromEntries(Object.entries(before).filter(([other]) => other !== name))),
    discard: () => {
      setEdits({});
      setSecrets({});
    },
    settings,
    isChanged: hasEdits || Object.keys(secrets).length > 0,
    isJudged: !hasEdits || (judged.data !== undefined && judgedSettings === settings),
    issues,
    failure: judged.error,
  };
}
