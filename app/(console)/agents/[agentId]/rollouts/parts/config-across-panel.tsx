"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { agentHref } from "../../../agent-href.ts";
import { ChangesList } from "../../config/parts/config-changes.tsx";
import { configAcross } from "../../parts/promotion.ts";
import type { Environment } from "../../parts/use-place-of-agent.ts";

type ConfigAcrossPanelProps = { agentId: string; from: Environment; to: Environment };

/** The version is the same in both places; what it is told there need not be. */
export function ConfigAcrossPanel({ agentId, from, to }: ConfigAcrossPanelProps) {
  const trpc = useTRPC();
  const there = useQuery(trpc.agentConfig.get.queryOptions({ agentId, environment: from }));
  const here = useQuery(trpc.agentConfig.get.queryOptions({ agentId, environment: to }));
  return (
    <QueryPanel
      title="Configuration"
      sub={`what differs from ${from} to ${to}`}
      query={there.isError ? there : here}
      what="the configuration"
      actions={
        <Link className="lk text-12" href={`${agentHref(agentId, "config")}?env=${to}`}>
          Configure {to}
        </Link>
      }
    >
      {(config) => {
        if (!there.data) return <p className="dim text-12">Reading {from}</p>;
        const { settings, missingSecrets } = configAcross(there.data, config);
        if (settings.length + missingSecrets.length === 0)
          return (
            <p className="sec text-12">
              Nothing: {from} and {to} are set alike.
            </p>
          );
        return (
          <>
            {settings.length > 0 && <ChangesList changes={settings} />}
            {missingSecrets.map((name) => (
              <p key={name} className="text-12">
                <Glyph tone="warn" size={9} /> <span className="mono">{name}</span> is set in {from} and not
                in {to}
              </p>
            ))}
          </>
        );
      }}
    </QueryPanel>
  );
}
