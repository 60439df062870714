"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Route } from "../../../../../server/features/notify/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { RouteDialog } from "./route-dialog.tsx";
import { fitsWords, groupWords } from "./route-words.ts";
import { TestButton } from "./test-button.tsx";

const nothing = {
  title: "Nobody is told",
  children: "A route says which alerts a receiver hears of. Make a receiver first, then a route to it.",
};

export function RoutesPanel({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const refusal = useRefusal("operator", network);
  const [edited, setEdited] = useState<Route | "new" | null>(null);
  const query = useQuery(trpc.notify.routes.queryOptions({ network }));
  const receivers = useQuery(trpc.notify.receivers.queryOptions({ network }));
  const routes = query.data ?? [];
  const hasReceivers = (receivers.data ?? []).length > 0;
  return (
    <>
      <Panel
        title="Routes"
        sub="every route that fits tells its receiver"
        isFlush
        actions={
          <Button
            size="small"
            refused={refusal ?? (hasReceivers ? null : "Needs a receiver first")}
            onClick={() => setEdited("new")}
          >
            New route
          </Button>
        }
        state={queryState(query, "the routes", () => (routes.length > 0 ? null : nothing))}
      >
        <table className="tbl tbl-two" aria-label="Routes">
          <thead>
            <tr>
              <th scope="col">Route</th>
              <th scope="col">To</th>
              <th scope="col">Takes</th>
              <th scope="col">One message for</th>
              <th scope="col">Changed</th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {routes.map((route) => (
              <RouteRow key={route.id} network={network} route={route} onEdit={() => setEdited(route)} />
            ))}
          </tbody>
        </table>
      </Panel>
      {edited !== null && (
        <RouteDialog
          network={network}
          route={edited === "new" ? null : edited}
          receivers={receivers.data ?? []}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function RouteRow({ network, route, onEdit }: { network: NetworkName; route: Route; onEdit: () => void }) {
  const refusal = useRefusal("operator", network);
  const { name, receiver, definition, revision, changedAt, changedBy } = route;
  return (
    <tr>
      <td>
        <span className="two">
          <span>{name}</span>
          {!definition.isEnabled && <span className="dim">switched off</span>}
        </span>
      </td>
      <td>
        {receiver.name}
        {!receiver.isEnabled && (
          <span className="t-warn">
            {" "}
            <Glyph tone="warn" size={9} /> switched off
          </span>
        )}
      </td>
      <td>{fitsWords(definition)}</td>
      <td>
        <span className="two">
          <span>{groupWords[definition.groupBy]}</span>
          <span className="dim">
            after {definition.waitMs / 1_000} s, every {definition.everyMs / 1_000} s
          </span>
        </span>
      </td>
      <td>
        <span className="two">
          <span>
            rev {revision} <Time at={changedAt} isQuiet />
          </span>
          <span className="dim">{changedBy}</span>
        </span>
      </td>
      <td>
        <span className="flex justify-end gap-2">
          <TestButton network={network} route={route} refusal={refusal} />
          <Button size="small" refused={refusal} onClick={onEdit} aria-label={`Change ${name}`}>
            Change
          </Button>
        </span>
      </td>
    </tr>
  );
}
