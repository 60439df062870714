"use client";

import type { Freeze } from "../../../../../server/features/rollouts/freeze-schema.ts";
import { windowWords } from "../../../../_shell/time-window/window-words.ts";
import { Button } from "../../../../_ui/button.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { useZone } from "../../../../_ui/zone.ts";

type FreezeTableProps = {
  rows: readonly Freeze[];
  refusal: string | null;
  onChange: (freeze: Freeze) => void;
  onEnd: (freeze: Freeze) => void;
};

export function FreezeTable({ rows, refusal, onChange, onEnd }: FreezeTableProps) {
  const clock = useZone();
  return (
    <table className="tbl tbl-two" aria-label="Freezes">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">When</th>
          <th scope="col">Now</th>
          <th scope="col">By</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((freeze) => (
          <tr key={freeze.id}>
            <td>{freeze.reason}</td>
            <td suppressHydrationWarning>{windowWords(freeze.time, clock)}</td>
            <td>
              <FreezeState freeze={freeze} />
            </td>
            <td>
              <span className="two">
                <span>{freeze.madeBy}</span>
                <span className="dim">
                  {freeze.revision > 1 && freeze.endedBy === null
                    ? `rev ${freeze.revision} by ${freeze.changedBy}`
                    : "as it was made"}
                </span>
              </span>
            </td>
            <td>
              {freeze.state !== "ended" && (
                <span className="flex justify-end gap-2">
                  <Button
                    size="small"
                    refused={refusal}
                    onClick={() => onChange(freeze)}
                    aria-label={`Change ${freeze.reason}`}
                  >
                    Change
                  </Button>
                  <Button
                    size="small"
                    refused={refusal}
                    onClick={() => onEnd(freeze)}
                    aria-label={`End ${freeze.reason}`}
                  >
                    End
                  </Button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FreezeState({ freeze: { state, current, next, closesAt, endedBy } }: { freeze: Freeze }) {
  if (state === "running")
    return (
      <>
        <StatusWord tone="warn">frozen</StatusWord>{" "}
        <span className="sec">
          ends <Time at={current?.endsAt ?? closesAt} isQuiet />
        </span>
      </>
    );
  if (state === "upcoming")
    return (
      <span className="sec">
        begins <Time at={next?.startsAt ?? null} isQuiet />
      </span>
    );
  return (
    <span className="dim">
      {endedBy === null ? "over" : `ended by ${endedBy}`} <Time at={closesAt} isQuiet />
    </span>
  );
}
