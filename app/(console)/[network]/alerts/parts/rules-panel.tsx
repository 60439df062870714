"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Rule } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { severityLooks } from "./alert-looks.ts";
import { RuleDialog } from "./rule-dialog.tsx";

/** Every rule of the network as it is now. */
export function RulesPanel({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const [edited, setEdited] = useState<string | null>(null);
  const query = useQuery(trpc.alerts.rules.queryOptions({ network }));
  const rule = query.data?.find(({ id }) => id === edited);
  return (
    <Sheet>
      <QueryPanel title="Rules" sub="evaluated every 10 s" what="the rules" isFlush query={query}>
        {(rules) => (
          <table className="tbl tbl-two" aria-label="Rules">
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">Fires when</th>
                <th scope="col">Severity</th>
                <th scope="col">Changed</th>
                <th scope="col" className="num">
                  Firing
                </th>
                <th scope="col">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rules.map((row) => (
                <RuleRow key={row.id} network={network} rule={row} onEdit={() => setEdited(row.id)} />
              ))}
            </tbody>
          </table>
        )}
      </QueryPanel>
      {rule && (
        <RuleDialog
          key={`${rule.id} ${rule.revision}`}
          network={network}
          rule={rule}
          onClose={() => setEdited(null)}
        />
      )}
    </Sheet>
  );
}

function RuleRow({ network, rule, onEdit }: { network: NetworkName; rule: Rule; onEdit: () => void }) {
  const refusal = useRefusal("operator", network);
  const { tone, word } = severityLooks[rule.severity];
  return (
    <tr>
      <td>
        <span className="two">
          <span>{rule.title}</span>
          <span className="dim mono">{rule.id}</span>
        </span>
      </td>
      <td>
        <span className="two">
          <span>{rule.isEnabled ? rule.limitText : <span className="dim">switched off</span>}</span>
          <span className="dim">{rule.signal}</span>
        </span>
      </td>
      <td>
        <span className={`t-${tone}`}>
          <Glyph tone={tone} size={9} /> {word}
        </span>
      </td>
      <td>
        {rule.changedAt === null ? (
          <span className="dim">built in</span>
        ) : (
          <span className="two">
            <span>
              rev {rule.revision} <Time at={rule.changedAt} isQuiet />
            </span>
            <span className="dim">{rule.changedBy}</span>
          </span>
        )}
      </td>
      <td className="num">{rule.firing}</td>
      <td>
        <Button size="small" refused={refusal} onClick={onEdit} aria-label={`Change ${rule.title}`}>
          Change
        </Button>
      </td>
    </tr>
  );
}
