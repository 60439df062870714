import {
  type ConfigDifference,
  type ConfigState,
  diffConfig,
} from "../../../../../../server/features/agent-config/diff-rules.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";

type States = { before: ConfigState; after: ConfigState };

/** What one revision has that the other has not, line by line. */
export function ConfigChanges({ before, after }: States) {
  const changes = diffConfig(before, after);
  if (changes.length === 0) return <p className="dim text-12">The same values.</p>;
  return <ChangesList changes={changes} />;
}

export function ChangesList({ changes }: { changes: readonly ConfigDifference[] }) {
  return (
    <ul className="set-diff mono" aria-label="Differences">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.name}`}>
          {change.name}{" "}
          {change.kind === "secret" ? (
            <span className="dim">{change.what}, and never shown</span>
          ) : (
            <>
              <del>{shortOf(change.before)}</del> → <ins>{shortOf(change.after)}</ins>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The same in a few words: "tone and maxWords, STAMP_KEY replaced". */
export function changesInWords({ before, after }: States): string {
  const changes = diffConfig(before, after);
  if (changes.length === 0) return "the same values";
  return changes
    .map((change) => (change.kind === "secret" ? `${change.name} ${change.what}` : change.name))
    .join(", ");
}

function shortOf(json: string | null): string {
  if (json === null) return "default";
  return json.length > 40 ? shorten(json, 16, 8) : json;
}
