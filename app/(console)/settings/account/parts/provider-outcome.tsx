"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { Note } from "../../../../sign-in/note.tsx";

const refusals: ReadonlyMap<string, string> = new Map([
  ["answer", "Its answer was not valid."],
  ["expired", "It took too long, or the session that began it has ended."],
  ["taken", "That identity belongs to another account of this console already."],
]);

/** What came of linking the identity provider, when the browser comes back from there. */
export function ProviderOutcome() {
  const [{ linked, refused }] = useQueryStates({ linked: parseAsString, refused: parseAsString });
  const words = refused === null ? undefined : refusals.get(refused);
  if (words)
    return (
      <div className="p-4">
        <Note tone="crit" title="The provider was not linked.">
          {words}
        </Note>
      </div>
    );
  if (linked !== "oidc") return null;
  return (
    <div className="p-4">
      <Note tone="info" title="The provider can sign you in from now on." />
    </div>
  );
}
