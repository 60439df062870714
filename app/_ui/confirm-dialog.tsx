"use client";

import { type ReactNode, useState } from "react";
import type { ShownError } from "../_client/shown-error.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Glyph } from "./glyph.tsx";
import { TextField } from "./text-field.tsx";

export type Confirmation = { reason: string };

type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will happen, and what can be undone. */
  description: ReactNode;
  /** Facts of the preview. */
  children?: ReactNode;
  /** The verb on the button: "Drain node". */
  action: string;
  /** Must be typed to go on: production and mainnet, never for the way back to safety. */
  typedName?: string | null;
  asksReason?: boolean;
  isBusy?: boolean;
  error?: ShownError | null;
  onConfirm: (confirmation: Confirmation) => void;
};

/** Preview, reason, typed name, then the act. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.isOpen ? <OpenConfirmDialog key="open" {...props} /> : null;
}

function OpenConfirmDialog(props: ConfirmDialogProps) {
  const { onClose, title, description, children, action, typedName, asksReason, isBusy, error, onConfirm } =
    props;
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const missing = missingOf({ reason, typed, typedName: typedName ?? null, asksReason: asksReason === true });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      description={description}
      onSubmit={() => missing === null && !isBusy && onConfirm({ reason: reason.trim() })}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="danger-solid" refused={missing} isBusy={isBusy === true}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {asksReason && <TextField label="Reason" value={reason} onChange={setReason} maxLength={500} />}
      {typedName && (
        <TextField
          label={
            <>
              Type <span className="mono">{typedName}</span> to confirm
            </>
          }
          value={typed}
          onChange={setTyped}
          isMono
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {error && <Failure error={error} />}
    </Dialog>
  );
}

function Failure({ error }: { error: ShownError }) {
  return (
    <p className="t-crit" role="alert">
      <Glyph tone="crit" /> {error.message}{" "}
      {error.requestId && <span className="mono">req {error.requestId}</span>}
    </p>
  );
}

type Given = { reason: string; typed: string; typedName: string | null; asksReason: boolean };

/** What still keeps the button shut, in the words that stand on it; null = nothing. */
function missingOf({ reason, typed, typedName, asksReason }: Given): string | null {
  if (asksReason && reason.trim() === "") return "Needs a reason";
  if (typedName !== null && typed !== typedName) return `Type ${typedName} first`;
  return null;
}
