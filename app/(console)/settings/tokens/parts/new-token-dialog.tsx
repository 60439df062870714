"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { scopeTable, servedScopes } from "../../../../../server/features/tokens/rules.ts";
import type { NewToken } from "../../../../../server/features/tokens/schema.ts";
import { networkNames } from "../../../../../server/kernel/networks.ts";
import type { TokenScope } from "../../../../../server/kernel/roles.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Checkbox } from "../../../../_ui/checkbox.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { SelectField } from "../../select-field.tsx";

type NewTokenDialogProps = { onClose: () => void; onMade: (made: NewToken) => void };

const networks = [
  { value: "", label: "All networks" },
  ...networkNames.map((name) => ({ value: name, label: name })),
] as const;
const environments = [
  { value: "", label: "All environments" },
  { value: "dev", label: "dev" },
  { value: "staging", label: "staging" },
  { value: "prod", label: "prod" },
] as const;
const lives = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
] as const;

export function NewTokenDialog({ onClose, onMade }: NewTokenDialogProps) {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly TokenScope[]>(["read"]);
  const [network, setNetwork] = useState<(typeof networks)[number]["value"]>("");
  const [environment, setEnvironment] = useState<(typeof environments)[number]["value"]>("");
  const [days, setDays] = useState<(typeof lives)[number]["value"]>("90");
  const create = useMutation(trpc.tokens.create.mutationOptions({ onSuccess: onMade }));
  const submit = () => {
    if (create.isPending || scopes.length === 0) return;
    const bounds = { network: network || null, environment: environment || null };
    create.mutate({ name, scopes: [...scopes], bounds, days: Number(days) });
  };
  const toggle = (scope: TokenScope, isOn: boolean) =>
    setScopes(servedScopes.filter((known) => (known === scope ? isOn : scopes.includes(known))));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New token"
      width={540}
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            kind="primary"
            isBusy={create.isPending}
            refused={scopes.length === 0 ? "Choose a scope" : null}
          >
            Make the token
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        hint="Where it is used, such as otel-collector"
        value={name}
        onChange={setName}
        maxLength={60}
        autoComplete="off"
        autoFocus
        required
      />
      <fieldset className="grid gap-1">
        <legend className="field-label">Scopes</legend>
        {servedScopes.map((scope) => (
          <Checkbox
            key={scope}
            isChecked={scopes.includes(scope)}
            onChange={(isOn) => toggle(scope, isOn)}
            label={`${scope}: ${scopeTable[scope].about}`}
          />
        ))}
      </fieldset>
      <div className="grid grid-cols-3 gap-2">
        <SelectField label="Network" value={network} options={networks} onChange={setNetwork} />
        <SelectField
          label="Environment"
          value={environment}
          options={environments}
          onChange={setEnvironment}
        />
        <SelectField label="Ends after" value={days} options={lives} onChange={setDays} />
      </div>
      {create.isError && <Note tone="crit" title={toShownError(create.error).message} />}
    </Dialog>
  );
}
