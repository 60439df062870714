"use client";

import type { Freeze } from "../../../../../server/features/rollouts/freeze-schema.ts";
import { WindowState } from "../../../../_shell/time-window/window-state.tsx";
import { windowWords } from "../../../../_shell/time-window/window-words.ts";
import { Button } from "../../../../_ui/button.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
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
              <WindowState window={freeze} running={<StatusWord tone="warn">frozen</StatusWord>} />
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
