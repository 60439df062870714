"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { Rule } from "../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { severityLooks } from "./alert-looks.ts";

/** Every rule of the network as it is now. */
export function RulesPanel({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const refusal = useRefusal("operator", network);
  const query = useQuery(trpc.alerts.rules.queryOptions({ network }));
  return (
    <Sheet>
      <QueryPanel
        title="Rules"
        sub="evaluated every 10 s"
        what="the rules"
        isFlush
        query={query}
        actions={
          refusal === null ? (
            <LinkButton size="small" href={`/${network}/alerts/rules/new`}>
              New rule
            </LinkButton>
          ) : (
            <Button size="small" refused={refusal}>
              New rule
            </Button>
          )
        }
      >
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
                <RuleRow key={row.id} network={network} rule={row} />
              ))}
            </tbody>
          </table>
        )}
      </QueryPanel>
    </Sheet>
  );
}

function RuleRow({ network, rule }: { network: NetworkName; rule: Rule }) {
  const { tone, word } = severityLooks[rule.severity];
  return (
    <tr>
      <td>
        <span className="two">
          <span>{rule.title}</span>
          <span className="dim">
            {rule.own ? `of this network, ${rule.own.nodes === "*" ? "all nodes" : rule.own.nodes}` : rule.id}
          </span>
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
        <Link
          className="btn btn-sm"
          href={`/${network}/alerts/rules/${rule.id}`}
          aria-label={`Open ${rule.title}`}
        >
          Open
        </Link>
      </td>
    </tr>
  );
}
