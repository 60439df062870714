import Link from "next/link";
import type { ReactNode } from "react";
import type { AuditEntry } from "../../../../../server/features/audit/schema.ts";
import { Button } from "../../../../_ui/button.tsx";
import { formatInteger } from "../../../../_ui/format/number.ts";
import { Id } from "../../../../_ui/id.tsx";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { Peek, PeekSection } from "../../../../_ui/peek.tsx";
import { Time } from "../../../../_ui/time.tsx";
import type { AuditFilter } from "../search-params.ts";
import { type ChangedField, changedFields } from "./changed-fields.ts";
import { CheckEntry } from "./check-entry.tsx";

type EntryPeekProps = {
  entry: AuditEntry;
  onFilter: (change: Partial<AuditFilter>) => void;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One entry whole: what changed, why, and what leads to it elsewhere. */
export function EntryPeek({ entry, onFilter, ...peek }: EntryPeekProps) {
  const changes = changedFields(entry.before, entry.after);
  return (
    <Peek label={`entry ${entry.id}`} head={<span className="peek-t mono">{entry.action}</span>} {...peek}>
      <PeekSection>
        <p>{entry.subject}</p>
        <p className="sec">
          by {entry.actor.name}, <Time at={entry.at} form="instant" />
        </p>
      </PeekSection>
      {changes.length > 0 && (
        <PeekSection title={entry.before === null ? "What was written" : "Before and after"}>
          <div className="changes">
            {changes.map((change) => (
              <Change key={change.path} {...change} />
            ))}
          </div>
        </PeekSection>
      )}
      <PeekSection>
        <KeyValue items={factsOf(entry)} />
        <div className="flex flex-wrap gap-2 pt-2">
          <Button size="small" onClick={() => onFilter({ action: entry.action })}>
            Only {entry.action}
          </Button>
          <Button size="small" onClick={() => onFilter({ request: entry.requestId })}>
            Only this request
          </Button>
        </div>
      </PeekSection>
      <PeekSection title="Its place in the chain">
        {entry.link ? (
          <>
            <KeyValue
              items={[
                ["Number", formatInteger(entry.link.seq)],
                ["Hash", <Id key="hash" value={entry.link.hash} what="hash" head={18} tail={8} showCopy />],
                ["Sealed", <Time key="sealed" at={entry.link.sealedAt} form="instant" />],
              ]}
            />
            <CheckEntry key={entry.id} entry={entry} />
          </>
        ) : (
          <p className="sec">Not sealed yet. That takes about a second.</p>
        )}
      </PeekSection>
    </Peek>
  );
}

function Change({ path, before, after }: ChangedField) {
  return (
    <div>
      <div className="dim">{path}</div>
      {before !== null && (
        <del>
          <span className="sr-only">before: </span>
          {before}
        </del>
      )}
      {after !== null && (
        <ins>
          <span className="sr-only">after: </span>
          {after}
        </ins>
      )}
    </div>
  );
}

function factsOf(entry: AuditEntry): (readonly [string, ReactNode])[] {
  const search = new URLSearchParams({ from: "now-30d", subject: entry.subject });
  return [
    ["Entry", <Id key="entry" value={entry.id} what="entry id" showCopy />],
    ["Reason", entry.reason ?? <span className="dim">none given</span>],
    ["Request", <Id key="request" value={entry.requestId} what="request id" showCopy />],
    ["From", entry.address ?? "the console itself"],
    ["Actor", <Id key="actor" value={entry.actor.id} what="actor id" showCopy />],
    [
      "History",
      <Link key="history" className="lk" href={`/settings/audit?${search}`}>
        all of {entry.subject}
      </Link>,
    ],
  ];
}
