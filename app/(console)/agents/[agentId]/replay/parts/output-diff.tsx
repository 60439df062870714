import type { ReplayEventDetail } from "../../../../../../server/features/replays/schema.ts";
import { tabStopWhileScrolling } from "../../../../../_ui/tab-stop-while-scrolling.ts";
import { type DiffLine, diffLines, type Folded, foldSame, prettyLines } from "./diff-rules.ts";

type Side = Pick<ReplayEventDetail["stable"], "output" | "isCut">;
type OutputDiffProps = { before: Side; after: Side; isWhole: boolean };

/** Two outputs line by line, keys in one order. */
export function OutputDiff({ before, after, isWhole }: OutputDiffProps) {
  const lines = diffLines(prettyLines(before.output), prettyLines(after.output));
  const shown: readonly Folded[] = isWhole ? lines : foldSame(lines);
  return (
    <>
      <div ref={tabStopWhileScrolling} className="source rp-diff">
        {shown.map((line, at) => (
          <Line key={keyOf(line, at)} line={line} />
        ))}
      </div>
      {(before.isCut || after.isCut) && (
        <p className="dim text-12 pb-2">
          An output is longer than 16,000 characters: the rest stayed in the runtime.
        </p>
      )}
    </>
  );
}

function Line({ line }: { line: Folded }) {
  if (line.kind === "fold") return <div className="rp-line dim">{`${line.count} equal lines`}</div>;
  return (
    <div
      className="rp-line"
      data-added={line.kind === "after" || undefined}
      data-removed={line.kind === "before" || undefined}
    >
      <span aria-hidden="true">{line.before ?? ""}</span>
      <span aria-hidden="true">{line.after ?? ""}</span>
      <span aria-hidden="true">{signs[line.kind]}</span>
      <code>
        {words[line.kind] && <span className="sr-only">{words[line.kind]}</span>}
        {line.text}
      </code>
    </div>
  );
}

const signs: Record<DiffLine["kind"], string> = { same: "", before: "−", after: "+" };
const words: Record<DiffLine["kind"], string> = { same: "", before: "stable ", after: "candidate " };

function keyOf(line: Folded, at: number): string {
  return line.kind === "fold" ? `fold ${at}` : `${line.before ?? "-"} ${line.after ?? "-"}`;
}
