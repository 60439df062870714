"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import UserPlus from "lucide-react/icons/user-plus";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { Person } from "../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../_client/shown-error.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { CopyMenu } from "../../../_shell/copy/copy-menu.tsx";
import { procedureCall } from "../../../_shell/copy/copy-text.ts";
import { Button } from "../../../_ui/button.tsx";
import { FilterBar } from "../../../_ui/filter-bar.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { SearchField } from "../../../_ui/search-field.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { InviteDialog } from "./parts/invite-dialog.tsx";
import { PeopleTable } from "./parts/people-table.tsx";
import { countPeople } from "./parts/people-words.ts";
import { PersonPeek } from "./parts/person-peek.tsx";
import { peopleParsers, peoplePerPage, toPeopleInput } from "./search-params.ts";

/** Who may use the console and what for. */
export function PeopleView() {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(peopleParsers, { history: "push" });
  const [isInviting, setInviting] = useState(false);
  const people = useQuery(
    trpc.identity.listPeople.queryOptions(toPeopleInput(params), { placeholderData: keepPreviousData }),
  );
  const rows = people.data?.rows ?? [];
  const opened = rows.find(({ id }) => id === params.person);
  const refused = people.isError ? toShownError(people.error).message : null;
  return (
    <>
      <PageHead
        title="People and roles"
        what={<WhatPeopleAre />}
        meta={people.data && countPeople(rows)}
        actions={
          <>
            <CopyMenu rows={rows} call={procedureCall("identity.listPeople", toPeopleInput(params))} />
            <Button kind="primary" icon={UserPlus} onClick={() => setInviting(true)} refused={refused}>
              Invite
            </Button>
          </>
        }
      />
      <FilterBar>
        <SearchField
          label="Name, e-mail"
          value={params.q}
          onChange={(q) => void setParams({ q }, { history: "replace" })}
        />
        <Segmented
          label="Shown"
          value={params.all ? "all" : "current"}
          onChange={(shown) => void setParams({ all: shown === "all" })}
          options={[
            { value: "current", label: "Current" },
            { value: "all", label: "With deactivated" },
          ]}
        />
      </FilterBar>
      <Sheet>
        <QueryPanel
          title="People"
          query={people}
          what="people"
          isFlush
          sub={people.data?.next ? `the first ${peoplePerPage}; search to see others` : null}
          emptyWhen={(data) => (shownOf(data.rows, params.all).length === 0 ? noPeople : null)}
        >
          {(data) => (
            <PeopleTable
              people={shownOf(data.rows, params.all)}
              openId={params.person}
              onOpen={(person) => void setParams({ person: person.id })}
            />
          )}
        </QueryPanel>
      </Sheet>
      {opened && (
        <PersonPeek key={opened.id} person={opened} onClose={() => void setParams({ person: null })} />
      )}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

const noPeople = { title: "Nobody fits", children: "Search for less, or show the deactivated too." };

function shownOf(people: readonly Person[], withDeactivated: boolean): readonly Person[] {
  return withDeactivated ? people : people.filter(({ state }) => state !== "deactivated");
}

function WhatPeopleAre() {
  return (
    <WhatIsThis title="People and roles" doc="people">
      <p>
        Every role views. An operator acts on nodes, a developer on agents, an auditor reads the audit log, an
        admin may do everything. A role is held everywhere, or on one network, or in one environment.
      </p>
      <p>A change of roles holds within two seconds. The last admin cannot be removed.</p>
    </WhatIsThis>
  );
}
