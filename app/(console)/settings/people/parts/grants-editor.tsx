"use client";

import Plus from "lucide-react/icons/plus";
import X from "lucide-react/icons/x";
import { environmentNames, type Person } from "../../../../../server/features/identity/schema.ts";
import { networkNames } from "../../../../../server/kernel/networks.ts";
import { roles } from "../../../../../server/kernel/roles.ts";
import { Button } from "../../../../_ui/button.tsx";
import { IconButton } from "../../../../_ui/icon-button.tsx";
import { SelectField } from "../../select-field.tsx";

type Grants = Person["grants"];
type Grant = Grants[number];

const everywhere = "everywhere";
const roleOptions = roles.map((role) => ({ value: role, label: role }));
const networkOptions = [everywhere, ...networkNames].map((value) => ({
  value,
  label: value === everywhere ? "every network" : value,
}));
const environmentOptions = [everywhere, ...environmentNames].map((value) => ({
  value,
  label: value === everywhere ? "every environment" : value,
}));

export const firstGrant: Grant = { role: "viewer", network: null, environment: null };

/** Roles and where they hold, a line each. */
export function GrantsEditor({ grants, onChange }: { grants: Grants; onChange: (grants: Grants) => void }) {
  const change = (index: number, part: Partial<Grant>) =>
    onChange(grants.map((grant, at) => (at === index ? { ...grant, ...part } : grant)));
  return (
    <fieldset className="grid gap-2" aria-label="Roles">
      {grants.map((grant, index) => (
        <GrantRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; two may be equal while they are edited
          key={index}
          grant={grant}
          onChange={(part) => change(index, part)}
          onRemove={() => onChange(grants.filter((_, at) => at !== index))}
        />
      ))}
      {grants.length === 0 && <p className="sec">No role: nothing but the own account can be opened.</p>}
      <div>
        <Button kind="ghost" size="small" icon={Plus} onClick={() => onChange([...grants, firstGrant])}>
          Add a role
        </Button>
      </div>
    </fieldset>
  );
}

type GrantRowProps = { grant: Grant; onChange: (part: Partial<Grant>) => void; onRemove: () => void };

function GrantRow({ grant, onChange, onRemove }: GrantRowProps) {
  return (
    <div className="grant-row">
      <SelectField
        label="Role"
        isBare
        value={grant.role}
        options={roleOptions}
        onChange={(role) => onChange({ role })}
      />
      <SelectField
        label="Network"
        isBare
        value={grant.network ?? everywhere}
        options={networkOptions}
        onChange={(value) => onChange({ network: networkNames.find((name) => name === value) ?? null })}
      />
      <SelectField
        label="Environment"
        isBare
        value={grant.environment ?? everywhere}
        options={environmentOptions}
        onChange={(value) =>
          onChange({ environment: environmentNames.find((name) => name === value) ?? null })
        }
      />
      <IconButton icon={X} label={`Remove ${grant.role}`} onClick={onRemove} />
    </div>
  );
}
