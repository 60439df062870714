"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { NewToken, Token } from "../../../../../server/features/tokens/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { Note } from "../../../../sign-in/note.tsx";

type RotateTokenDialogProps = { token: Token; onClose: () => void; onMade: (made: NewToken) => void };

const overlaps = [
  { value: "0", label: "none" },
  { value: "1", label: "1 h" },
  { value: "24", label: "24 h" },
  { value: "168", label: "7 d" },
] as const;

export function RotateTokenDialog({ token, onClose, onMade }: RotateTokenDialogProps) {
  const trpc = useTRPC();
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]["value"]>("24");
  const rotate = useMutation(trpc.tokens.rotate.mutationOptions({ onSuccess: onMade }));
  const submit = () => {
    if (!rotate.isPending) rotate.mutate({ tokenId: token.id, overlapHours: Number(overlap) });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Rotate ${token.name}`}
      description="A new secret with the same scopes and as long a life. Both work during the overlap."
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" isBusy={rotate.isPending}>
            Rotate
          </Button>
        </>
      }
    >
      <div className="field">
        <span className="field-label" aria-hidden="true">
          Overlap
        </span>
        <div>
          <Segmented label="Overlap" value={overlap} onChange={setOverlap} options={overlaps} />
        </div>
      </div>
      {rotate.isError && <Note tone="crit" title={toShownError(rotate.error).message} />}
    </Dialog>
  );
}
