"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { fieldText, type PolicyField } from "./policy-fields.ts";

type Policy<Name extends string> = Record<Name, number> & { isOn: boolean; names?: string[] };
type Answer<Name extends string> = {
  policy: Policy<Name>;
  defaults: Policy<Name>;
  changedBy: string | null;
  changedAt: string | null;
};

type PolicyPanelProps<Name extends string> = {
  title: string;
  about: string;
  query: UseQueryResult<Answer<Name>, unknown>;
  fields: readonly PolicyField<Name>[];
  /** The dialog, open. */
  edit: (answer: Answer<Name>, onClose: () => void) => ReactNode;
};

/** What holds now, what the default is where it differs, who changed it, and the way to change it. */
export function PolicyPanel<Name extends string>(props: PolicyPanelProps<Name>) {
  const { title, about, query, fields, edit } = props;
  const refused = useRefusal("operator", null);
  const [isEdited, setIsEdited] = useState(false);
  return (
    <>
      <QueryPanel
        title={title}
        sub={<ChangedBy answer={query.data} />}
        query={query}
        what="the settings"
        actions={
          <Button size="small" refused={refused} onClick={() => setIsEdited(true)}>
            Change
          </Button>
        }
      >
        {({ policy, defaults }) => (
          <>
            <p className="sec pb-2">{about}</p>
            <KeyValue
              items={[
                [
                  "State",
                  <StatusWord key="state" tone={policy.isOn ? "ok" : "unknown"}>
                    {policy.isOn ? "on" : "off"}
                  </StatusWord>,
                ],
                ...(policy.names
                  ? ([
                      [
                        "CNS names",
                        <span key="names" className="mono">
                          {policy.names.join(", ") || "none"}
                        </span>,
                      ],
                    ] as const)
                  : []),
                ...fields.map(
                  (field) =>
                    [
                      field.label,
                      <Figure
                        key={field.name}
                        field={field}
                        value={policy[field.name]}
                        standard={defaults[field.name]}
                      />,
                    ] as const,
                ),
              ]}
            />
          </>
        )}
      </QueryPanel>
      {isEdited && query.data && edit(query.data, () => setIsEdited(false))}
    </>
  );
}

type FigureProps = { field: PolicyField<string>; value: number; standard: number };

function Figure({ field, value, standard }: FigureProps) {
  const shown = (number: number) => formatNumber(Number(fieldText(field, number)), 3);
  return (
    <>
      {shown(value)} {field.unit}
      {value !== standard && <span className="dim"> default {shown(standard)}</span>}
    </>
  );
}

function ChangedBy({ answer }: { answer: Pick<Answer<string>, "changedBy" | "changedAt"> | undefined }) {
  if (!answer?.changedBy || !answer.changedAt) return "as delivered";
  return (
    <>
      changed by {answer.changedBy}, <Time at={answer.changedAt} />
    </>
  );
}
