"use client";

import Rows3 from "lucide-react/icons/rows-3";
import Rows4 from "lucide-react/icons/rows-4";
import type { NodePage, NodeRow } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { registrySql } from "../../../../_shell/copy/registry-sql.ts";
import { ExportMenu } from "../../../../_shell/jobs/export-menu.tsx";
import { IconButton } from "../../../../_ui/icon-button.tsx";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { ColumnChooser } from "../../../../_ui/table/column-chooser.tsx";
import type { Column } from "../../../../_ui/table/columns.ts";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import type { NodeListInput } from "../search-params.ts";
import { exportQuery } from "./export-query.ts";
import { StatusCounts } from "./status-counts.tsx";

type NodesHeadProps = {
  network: NetworkName;
  page: NodePage | undefined;
  input: NodeListInput;
  columns: readonly Column<NodeRow>[];
  chosen: readonly string[] | null;
  onChoose: (chosen: string[] | null) => void;
  isCompact: boolean;
  onCompact: (isCompact: boolean) => void;
};

export function NodesHead(props: NodesHeadProps) {
  const { network, page, input, columns, chosen, onChoose, isCompact, onCompact } = props;
  return (
    <PageHead
      title="Nodes"
      what={
        <WhatIsThis title="A node" doc="nodes">
          <p>
            A storage node of a DDC cluster, as three sources know it: the chain registered it, it reports
            telemetry and activity over Kafka, and the console probes it.
          </p>
          <p>
            Where they disagree, the page of the node shows it. A figure that nobody reported is a dot, never
            0.
          </p>
        </WhatIsThis>
      }
      meta={page && <StatusCounts network={network} byStatus={page.byStatus} />}
      actions={
        <span className="hidden items-center gap-1.5 phone:flex">
          <IconButton
            icon={isCompact ? Rows4 : Rows3}
            label="Compact rows"
            aria-pressed={isCompact}
            onClick={() => onCompact(!isCompact)}
          />
          <ColumnChooser columns={columns} chosen={chosen} onChoose={onChoose} />
          <ExportMenu
            source="nodes"
            query={exportQuery(input)}
            count={page ? { rows: page.matching, isEstimate: false } : null}
            shown={page?.rows ?? []}
            sql={registrySql("nodes", network)}
          />
        </span>
      }
    />
  );
}
