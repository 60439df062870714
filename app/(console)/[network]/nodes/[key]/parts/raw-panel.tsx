"use client";

import Copy from "lucide-react/icons/copy";
import type { NodeDetail } from "../../../../../../server/features/nodes/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { tabStopWhileScrolling } from "../../../../../_ui/tab-stop-while-scrolling.ts";

/** The answer of the server behind this page, as it came. */
export function RawPanel({ detail }: { detail: NodeDetail }) {
  const text = JSON.stringify(detail, null, 2);
  return (
    <Panel
      title="Raw"
      sub="nodes.get, as the page read it"
      age={{ at: detail.at, staleAfterMs: 90_000 }}
      actions={
        <Button size="small" icon={Copy} data-copy={text}>
          Copy JSON
        </Button>
      }
    >
      <pre ref={tabStopWhileScrolling} className="overflow-x-auto font-mono text-12 leading-[18px]">
        {text}
      </pre>
    </Panel>
  );
}
