"use client";

import { useState } from "react";
import type { NodeLimitsAnswer } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { draftChanges, type LimitDraft, limitGroups, toShownLimit } from "./limit-fields.ts";
import { LimitsDialog } from "./limits-dialog.tsx";

type LimitsFormProps = { network: NetworkName; answer: NodeLimitsAnswer };

/** All limits of a network; nothing changes before the preview was seen and a reason given. */
export function LimitsForm({ network, answer: { limits, defaults } }: LimitsFormProps) {
  const [draft, setDraft] = useState<LimitDraft>({});
  const [isConfirming, setConfirming] = useState(false);
  const refused = useRefusal("operator", network);
  const { changes, wrong } = draftChanges(draft, limits, defaults);
  const changed = Object.keys(changes).length;
  const missing = wrong.length > 0 ? "A field holds no number" : changed === 0 ? "Nothing is changed" : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (refused === null && missing === null) setConfirming(true);
      }}
    >
      {limitGroups.map(({ title, fields }) => (
        <fieldset key={title} className="limit-group">
          <legend>{title}</legend>
          {fields.map((field) => (
            <TextField
              key={field.name}
              label={field.label}
              unit={field.unit}
              inputMode="decimal"
              value={draft[field.name] ?? toShownLimit(limits[field.name], field)}
              onChange={(text) => setDraft({ ...draft, [field.name]: text })}
              readOnly={refused !== null}
              problem={wrong.includes(field.name) ? "Write a number." : null}
              hint={
                limits[field.name] === defaults[field.name]
                  ? field.about
                  : `${field.about}; default ${toShownLimit(defaults[field.name], field)}`
              }
            />
          ))}
        </fieldset>
      ))}
      <div className="flex items-center gap-2 pt-3">
        <Button type="submit" kind="primary" refused={refused ?? missing}>
          Preview {changed > 0 ? `${changed} ${changed === 1 ? "change" : "changes"}` : "changes"}
        </Button>
        {Object.keys(draft).length > 0 && (
          <Button kind="ghost" onClick={() => setDraft({})}>
            Discard
          </Button>
        )}
      </div>
      {isConfirming && (
        <LimitsDialog
          network={network}
          changes={changes}
          limits={limits}
          onClose={() => setConfirming(false)}
        />
      )}
    </form>
  );
}
