"use client";

import { useMutation } from "@tanstack/react-query";
import type { Token } from "../../../../../server/features/tokens/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { ConfirmDialog } from "../../../../_ui/confirm-dialog.tsx";

type RevokeTokenDialogProps = { token: Token; isOwn: boolean; onClose: () => void; onDone: () => void };

export function RevokeTokenDialog({ token, isOwn, onClose, onDone }: RevokeTokenDialogProps) {
  const trpc = useTRPC();
  const own = useMutation(trpc.tokens.revokeOwn.mutationOptions({ onSuccess: onDone }));
  const others = useMutation(trpc.tokens.revokeOf.mutationOptions({ onSuccess: onDone }));
  const revoke = isOwn ? own : others;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Revoke ${token.name}`}
      description="Whoever uses it is refused from the next call on. This cannot be undone; a new token can be made."
      action="Revoke"
      asksReason
      isBusy={revoke.isPending}
      error={revoke.isError ? toShownError(revoke.error) : null}
      onConfirm={({ reason }) => revoke.mutate({ tokenId: token.id, reason })}
    />
  );
}
