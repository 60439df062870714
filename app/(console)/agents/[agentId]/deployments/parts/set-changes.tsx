import type { DeploymentRecord } from "../../../../../../server/features/deployments/schema.ts";
import { diffSets, type RecordChange } from "../../../../../../server/features/deployments/set-diff-rules.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";

type Sets = { before: readonly DeploymentRecord[]; after: readonly DeploymentRecord[] };

/** What one SET has that the other has not, line by line. */
export function SetChanges({ before, after }: Sets) {
  const changes = diffSets(before, after);
  if (changes.length === 0) return <p className="dim text-12">The same records.</p>;
  return (
    <ul className="set-diff mono" aria-label="Differences">
      {changes.flatMap((change) =>
        change.kind === "changed"
          ? change.fields.map(({ field, before: old, after: now }) => (
              <li key={`${change.name} ${field}`}>
                {change.name}.{field} <del>{shortOf(old)}</del> → <ins>{shortOf(now)}</ins>
              </li>
            ))
          : [
              <li key={change.name}>
                {change.kind === "new" ? <ins>+ {change.name}</ins> : <del>− {change.name}</del>}
              </li>,
            ],
      )}
    </ul>
  );
}

/** The same in a few words: "canary new, default weight". */
export function changesInWords({ before, after }: Sets): string {
  const changes = diffSets(before, after);
  return changes.length === 0 ? "the same records" : changes.map(wordsOf).join(", ");
}

function wordsOf(change: RecordChange): string {
  if (change.kind !== "changed") return `${change.name} ${change.kind}`;
  return `${change.name} ${change.fields.map(({ field }) => field).join(" and ")}`;
}

function shortOf(json: string): string {
  return json.length > 40 ? shorten(json, 16, 8) : json;
}
