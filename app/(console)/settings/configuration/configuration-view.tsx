"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import type { ConfigEntry } from "../../../../server/features/settings/schema.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { FilterBar } from "../../../_ui/filter-bar.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { SearchField } from "../../../_ui/search-field.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";

/** What this process was started with: every variable, its value, and where that comes from. */
export function ConfigurationView() {
  const trpc = useTRPC();
  const [{ q }, setParams] = useQueryStates({ q: parseAsString.withDefault("") }, { history: "replace" });
  const query = useQuery(trpc.settings.configuration.queryOptions(undefined, { refetchInterval: false }));
  const isMeant = ({ variable, about }: ConfigEntry) =>
    `${variable} ${about}`.toLowerCase().includes(q.trim().toLowerCase());
  return (
    <>
      <PageHead
        title="Configuration"
        what={<WhatConfigurationIs />}
        meta="of the web process that answered"
      />
      <FilterBar>
        <SearchField label="Filter variables" value={q} onChange={(next) => void setParams({ q: next })} />
      </FilterBar>
      <Sheet>
        <QueryPanel
          title="Variables"
          isFlush
          query={query}
          what="the configuration"
          emptyWhen={(entries) =>
            entries.some(isMeant)
              ? null
              : { title: "No variable is called so", children: `Nothing has “${q}” in its name or purpose.` }
          }
        >
          {(entries) => <Entries entries={entries.filter(isMeant)} />}
        </QueryPanel>
      </Sheet>
    </>
  );
}

function Entries({ entries }: { entries: readonly ConfigEntry[] }) {
  return (
    <table className="tbl tbl-two tbl-fixed">
      <thead>
        <tr>
          <th scope="col">Variable</th>
          <th scope="col">Value</th>
          <th scope="col" className="w-30">
            From
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.variable}>
            <th scope="row">
              <span className="two">
                <span className="mono">{entry.variable}</span>
                <span className="dim font-normal">{entry.about}</span>
              </span>
            </th>
            <td className="truncate" data-tip={entry.value ?? undefined}>
              <Value entry={entry} />
            </td>
            <td className={entry.source === "environment" ? undefined : "dim"}>{entry.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ entry: { value, isSecret, source } }: { entry: ConfigEntry }) {
  if (source === "not set") return <span className="na">not set</span>;
  if (isSecret && value === null) return <span className="dim">set, never shown</span>;
  return (
    <>
      <span className="mono">{value === "" ? "empty" : value}</span>
      {isSecret && <span className="dim"> name and password hidden</span>}
    </>
  );
}

function WhatConfigurationIs() {
  return (
    <WhatIsThis title="Configuration" doc="configuration">
      <p>
        The console is configured by environment variables when it starts. Here is what this process read, and
        which values are defaults. Secrets are never sent to a browser.
      </p>
      <p>To change one, set it where the console is started and start it again.</p>
    </WhatIsThis>
  );
}
