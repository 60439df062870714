import type { Panel } from "../../../../../../server/features/dashboards/schema.ts";
import { formatReading } from "../../../../../_ui/format/number.ts";
import { tabStopWhileScrolling } from "../../../../../_ui/tab-stop-while-scrolling.ts";

type PanelQuestionProps = { panel: Panel; file: string; tookMs: number };

/** Where a panel's figures come from: the stored question, its file, how long PostgreSQL took. */
export function PanelQuestion({ panel, file, tookMs }: PanelQuestionProps) {
  return (
    <figure className="mt-3 grid gap-2" aria-label={`Query of ${panel.title}`}>
      <pre ref={tabStopWhileScrolling} className="code whitespace-pre-wrap text-12" data-copy={panel.rawSql}>
        {panel.rawSql}
      </pre>
      <figcaption className="dim text-12">
        From <span className="mono">{file}</span>, panel {panel.id}. PostgreSQL took {formatReading(tookMs)}{" "}
        ms. Click copies it.
      </figcaption>
    </figure>
  );
}
