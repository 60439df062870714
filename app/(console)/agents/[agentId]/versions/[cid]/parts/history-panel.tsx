import type { VersionDetail } from "../../../../../../../server/features/agents/schema.ts";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../../_ui/time.tsx";
import { VersionStateWord } from "../../../../parts/version-state.tsx";

type Transition = VersionDetail["transitions"][number];

/** Every state it was in, newest first, by whom and why. */
export function HistoryPanel({ transitions }: { transitions: readonly Transition[] }) {
  return (
    <Panel title="States" sub="newest first" isFlush>
      <SmallTable
        label="States"
        rows={transitions}
        rowKey={({ id }) => id}
        columns={[
          { id: "to", title: "Became", cell: ({ to }) => <VersionStateWord state={to} /> },
          { id: "at", title: "When", cell: ({ at }) => <Time at={at} form="instant" isQuiet /> },
          { id: "actor", title: "By", cell: ({ actor }) => actor },
          {
            id: "reason",
            title: "Why",
            wraps: true,
            cell: ({ reason }) => <span className="sec">{reason}</span>,
          },
        ]}
      />
    </Panel>
  );
}
