"use client";

import { useId } from "react";
import type { ConfigView } from "../../../../../../server/features/agent-config/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import type { ConfigDraft } from "./use-config-draft.ts";

type SecretsPanelProps = { config: ConfigView; draft: ConfigDraft };
type Secret = ConfigView["secretFields"][number];

/** Which secrets are set. A new text is typed here and never shown again. */
export function SecretsPanel({ config, draft }: SecretsPanelProps) {
  const { secretFields, environment, canSeal } = config;
  const noKey = canSeal ? null : `The runtimes of ${environment} have given no key (AGENT_SECRETS_KEYS)`;
  const refusal = useDeployRefusal(environment) ?? noKey;
  return (
    <Panel
      title="Secrets"
      sub={noKey ?? "written, never read back, sealed for the runtimes"}
      isFlush
      state={secretFields.length === 0 ? { kind: "empty", ...noSecret } : { kind: "data" }}
    >
      <SmallTable
        label="Secrets"
        rows={secretFields}
        rowKey={({ name }) => name}
        columns={[
          {
            id: "name",
            title: "Secret",
            cell: ({ name, title }) => (
              <span className="mono" data-tip={title ?? undefined}>
                {name}
              </span>
            ),
          },
          {
            id: "state",
            title: "State",
            cell: (secret) => <SecretState secret={secret} config={config} draft={draft} />,
          },
          {
            id: "by",
            title: "Set by",
            cell: ({ name }) => <SetBy name={name} config={config} draft={draft} />,
          },
          {
            id: "act",
            title: <span className="sr-only">Actions</span>,
            isNumber: true,
            cell: (secret) => (
              <SecretActions secret={secret} config={config} draft={draft} refusal={refusal} />
            ),
          },
        ]}
      />
    </Panel>
  );
}

const noSecret = {
  title: "No secrets",
  children: "A manifest declares one as a setting of type “secret”.",
};

type SecretProps = SecretsPanelProps & { secret: Secret };

function SecretState({ secret: { name, isRequired }, config, draft }: SecretProps) {
  const id = useId();
  const edit = draft.secrets[name];
  const isSet = config.secrets.some((one) => one.name === name);
  if (edit === null) return <StatusWord tone="warn">will be taken away</StatusWord>;
  if (edit !== undefined)
    return (
      <div className="input w-full">
        <label className="sr-only" htmlFor={id}>
          New text of {name}
        </label>
        <input
          id={id}
          type="password"
          autoComplete="new-password"
          maxLength={10_000}
          value={edit}
          onChange={(event) => draft.editSecret(name, event.currentTarget.value)}
        />
      </div>
    );
  if (isSet) return <StatusWord tone="ok">set</StatusWord>;
  return (
    <StatusWord tone={isRequired ? "warn" : "unknown"}>
      {isRequired ? "not set, and required" : "not set, optional"}
    </StatusWord>
  );
}

function SetBy({ name, config, draft }: SecretsPanelProps & { name: string }) {
  const known = config.secrets.find((one) => one.name === name);
  if (draft.secrets[name] !== undefined) return <span className="t-warn">you, not applied</span>;
  if (!known) return <span className="na">·</span>;
  return (
    <span className="sec">
      {known.setBy}, <Time at={known.setAt} isQuiet />
    </span>
  );
}

type SecretActionsProps = SecretProps & { refusal: string | null };

function SecretActions({ secret: { name, isRequired }, config, draft, refusal }: SecretActionsProps) {
  if (draft.secrets[name] !== undefined)
    return (
      <Button size="small" kind="ghost" onClick={() => draft.keepSecret(name)}>
        Leave as it is
      </Button>
    );
  const isSet = config.secrets.some((one) => one.name === name);
  return (
    <span className="inline-flex gap-1">
      {isSet && (
        <Button
          size="small"
          kind="ghost"
          refused={isRequired ? "A version needs it" : refusal}
          onClick={() => draft.editSecret(name, null)}
        >
          Take away
        </Button>
      )}
      <Button size="small" refused={refusal} onClick={() => draft.editSecret(name, "")}>
        {isSet ? "Replace" : "Set"}
      </Button>
    </span>
  );
}
