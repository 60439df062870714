import type { VersionDetail } from "../../../../../../../server/features/agents/schema.ts";
import { formatNumber } from "../../../../../../_ui/format/number.ts";
import { Id } from "../../../../../../_ui/id.tsx";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";

/** Each file is one raw piece; they can be had for good, also of an archived version. */
export function FilesPanel({ detail: { version, files } }: { detail: VersionDetail }) {
  const base = `/api/agents/${version.agentId}/versions/${version.cid}/files`;
  return (
    <Panel title="Files" sub={formatNumber(files.length)} isFlush>
      <SmallTable
        label="Files"
        rows={files}
        rowKey={({ name }) => name}
        columns={[
          {
            id: "name",
            title: "File",
            cell: ({ name }) => (
              <a className="lk mono" href={`${base}/${encodeURIComponent(name)}`} download>
                {name}
              </a>
            ),
          },
          { id: "cid", title: "CID", cell: ({ cid }) => <Id value={cid} what="CID" head={12} tail={6} /> },
          { id: "bytes", title: "Bytes", isNumber: true, cell: ({ bytes }) => formatNumber(bytes) },
        ]}
      />
    </Panel>
  );
}
