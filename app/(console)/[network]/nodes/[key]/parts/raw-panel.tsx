"use client";

import Copy from "lucide-react/icons/copy";
import type { NodeDetail } from "../../../../../../server/features/nodes/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";

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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="overflow-x-auto font-mono text-12 leading-[18px]" tabIndex={0}>
        {text}
      </pre>
    </Panel>
  );
}
