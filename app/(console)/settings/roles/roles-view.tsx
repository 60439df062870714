"use client";

import { useQuery } from "@tanstack/react-query";
import { type Role, roles } from "../../../../server/kernel/roles.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { Glyph } from "../../../_ui/glyph.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { type CallGroup, groupCalls, mayCall } from "./group-calls.ts";

/** What each role may do, as the server's own guard has it. */
export function RolesView() {
  const trpc = useTRPC();
  const permissions = useQuery(trpc.permissions.list.queryOptions());
  return (
    <>
      <PageHead
        title="Roles"
        what={<WhatRolesAre />}
        meta={permissions.data && `${permissions.data.calls.length} calls, read from the running server`}
      />
      <Sheet>
        <QueryPanel title="What each role may do" query={permissions} what="the roles" isFlush>
          {({ calls }) => <RoleTable groups={groupCalls(calls)} />}
        </QueryPanel>
      </Sheet>
    </>
  );
}

function RoleTable({ groups }: { groups: readonly CallGroup[] }) {
  return (
    <table className="tbl tbl-compact tbl-roles" aria-label="What each role may do">
      <thead>
        <tr>
          <th scope="col">May do</th>
          <th scope="col" className="num">
            Calls
          </th>
          {roles.map((role) => (
            <th key={role} scope="col">
              {role}
            </th>
          ))}
          <th scope="col">Bound to</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group, index) => (
          <tr key={`${group.area} ${group.role} ${group.isChange} ${group.isOwn}`}>
            <td>
              <b>{group.area === groups[index - 1]?.area ? "" : group.area}</b>{" "}
              {group.isOwn ? "own account, " : ""}
              {group.isChange ? "change" : "read"}
            </td>
            <td className="num">
              <span className="dim" data-tip={group.calls.map(({ path }) => path).join(", ")}>
                {group.calls.length}
              </span>
            </td>
            {roles.map((role) => (
              <td key={role}>
                <Mark role={role} group={group} />
              </td>
            ))}
            <td className="sec">{boundsOf(group)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mark({ role, group }: { role: Role; group: CallGroup }) {
  if (!mayCall(role, group))
    return (
      <span className="dim">
        <span aria-hidden="true">·</span>
        <span className="sr-only">no</span>
      </span>
    );
  return (
    <>
      <Glyph tone="idle" shape="disc" size={8} />
      <span className="sr-only">yes</span>
    </>
  );
}

function boundsOf({ isOwn, calls }: CallGroup): string {
  if (isOwn) return "own account";
  const places = [...new Set(calls.flatMap((call) => call.places))];
  return places.length === 0 ? "no place: asks for the role everywhere" : places.join(", ");
}

function WhatRolesAre() {
  return (
    <WhatIsThis title="Roles">
      <p>
        A role is held everywhere, on one network, in one environment, or both. A call that is bound to a
        place asks for the role there. Every role views; an admin may everything within the bounds of the
        grant.
      </p>
    </WhatIsThis>
  );
}
