"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { minPasswordLength } from "../../../../../server/features/identity/password-rules.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { PasswordField } from "../../../../sign-in/password-field.tsx";

/** The present password is asked, so that an unattended screen is not enough. */
export function ChangePassword() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation(
    trpc.identity.changePassword.mutationOptions({
      onSuccess: () => {
        setCurrent("");
        setNext("");
        return queryClient.invalidateQueries(trpc.identity.listOwnSessions.queryFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ current, next });
  };
  return (
    <Panel title="Password" sub="your other sessions end when it changes">
      <form className="grid max-w-88 gap-3" method="post" onSubmit={submit}>
        <PasswordField
          label="Present password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          minLength={minPasswordLength}
          hint={`At least ${minPasswordLength} characters.`}
        />
        {change.isError && <Note tone="crit" title={toShownError(change.error).message} />}
        {change.isSuccess && (
          <Note tone="info" title="The password is changed.">
            {`${change.data.sessionsEnded} other sessions ended.`}
          </Note>
        )}
        <div>
          <Button type="submit" isBusy={change.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Panel>
  );
}
