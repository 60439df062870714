"use client";

import { useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { SelectField } from "../../../settings/select-field.tsx";

type OwnerFilterProps = { network: NetworkName; chosen: string; onChange: (owner: string) => void };

/** Mine, nobody's, or those of one who has some now; "" = anybody's. */
export function OwnerFilter({ network, chosen, onChange }: OwnerFilterProps) {
  const trpc = useTRPC();
  const { data: owners = [] } = useQuery(trpc.alerts.owners.queryOptions({ network }));
  const isKnown = ["", "me", "none", ...owners.map(({ id }) => id)].includes(chosen);
  return (
    <SelectField
      label="Owner"
      isBare
      isSmall
      value={chosen}
      onChange={onChange}
      options={[
        { value: "", label: "Any owner" },
        { value: "me", label: "Mine" },
        { value: "none", label: "Unassigned" },
        ...owners.map(({ id, name, open }) => ({ value: id, label: `${name} (${open})` })),
        ...(isKnown ? [] : [{ value: chosen, label: "Somebody with nothing open" }]),
      ]}
    />
  );
}
