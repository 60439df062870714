"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { AlertDetail } from "../../../../../server/features/alerts/detail-schema.ts";
import type { Alert } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { ErrorState } from "../../../../_ui/error-state.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { PanelSkeleton } from "../../../../_ui/panel-skeleton.tsx";
import { Peek, PeekSection } from "../../../../_ui/peek.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { glyphOf, severityLooks, subjectHref } from "./alert-looks.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { eventWords } from "./event-words.ts";
import { InhibitorLink } from "./inhibitor-link.tsx";
import { silenceOf } from "./review-target.ts";
import { SilenceDialog } from "./silence-dialog.tsx";
import { snoozeMs } from "./snooze.ts";
import { ToldSection } from "./told-section.tsx";
import { useReview } from "./use-review.ts";

type AlertPeekProps = {
  network: NetworkName;
  id: string;
  /** "1 of 9", while it is in the list. */
  place: string | null;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One alert beside the queue: what to do, why it fired, and what happened to it. */
export function AlertPeek({ network, id, place, ...peek }: AlertPeekProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.alerts.get.queryOptions({ network, id }));
  const state = queryState(query, "the alert");
  return (
    <Peek
      label={`alert ${id}`}
      head={
        <>
          {query.data && <Glyph {...glyphOf(query.data.alert)} />}
          <span className="peek-t mono">A-{id}</span>
          <span className="dim">{place}</span>
        </>
      }
      {...peek}
    >
      {state.kind === "pending" && <PanelSkeleton />}
      {state.kind === "failed" && <ErrorState {...state} />}
      {query.data && <Detail network={network} detail={query.data} />}
    </Peek>
  );
}

function Detail({ network, detail }: { network: NetworkName; detail: AlertDetail }) {
  const { alert, rule, events } = detail;
  const href = subjectHref(network, alert.subject);
  const { word } = severityLooks[alert.severity];
  return (
    <>
      <PeekSection>
        <p className="text-15 font-medium">{alert.title}</p>
        <p className="sec">
          {href ? (
            <Link className="lk" href={href}>
              {alert.subject.name}
            </Link>
          ) : (
            alert.subject.name
          )}
          , {stateWords(alert)}, seen {alert.seen} times.
        </p>
        {alert.state !== "resolved" && <Actions network={network} alert={alert} />}
      </PeekSection>
      <PeekSection title="Why it fired">
        <p>{alert.detail}</p>
        {rule && (
          <p className="sec">
            The {rule.signal}, {rule.limitText}. Rule “{rule.title}”, {word.toLowerCase()}
            {rule.revision > 0 && `, revision ${rule.revision} by ${rule.changedBy}`}.
          </p>
        )}
        {rule?.own?.runbook && (
          <a className="lk" href={rule.own.runbook} target="_blank" rel="noreferrer">
            What to do
          </a>
        )}
      </PeekSection>
      <PeekSection title="Facts">
        <KeyValue items={factsOf(network, detail)} />
      </PeekSection>
      <ToldSection network={network} id={alert.id} />
      <PeekSection title="History">
        <ul className="grid gap-1.5">
          {events.map((event) => (
            <li key={event.id} className="flex gap-3">
              <Time at={event.at} form="clock" isQuiet />
              <span>
                {event.actor && <b className="font-medium">{event.actor} </b>}
                {eventWords[event.kind]}
                {event.note && <span className="sec">, {event.note}</span>}
              </span>
            </li>
          ))}
        </ul>
      </PeekSection>
    </>
  );
}

function stateWords(alert: Alert): ReactNode {
  if (alert.state === "pending") return "over its limit, not long enough to fire";
  const since = <Time at={alert.firingAt} isQuiet />;
  if (alert.state === "resolved") return <>fired {since}, resolved</>;
  return alert.fineSince === null ? <>firing since {since}</> : <>fired {since}, within its limit again</>;
}

function timesWords(count: number): string {
  if (count === 0) return "not";
  return count === 1 ? "once" : `${count} times`;
}

function factsOf(
  network: NetworkName,
  { alert, firedBefore, lastFiredAt }: AlertDetail,
): (readonly [string, ReactNode])[] {
  const before = `${timesWords(firedBefore)} in 30 days`;
  return [
    ...(alert.source === "alertmanager" ? [["Source", <SourceOf key="s" alert={alert} />] as const] : []),
    ["Owner", alert.owner ?? <span className="dim">nobody</span>],
    ["Over the limit", <Time key="p" at={alert.pendingAt} form="instant" />],
    [
      "Fired",
      alert.firingAt ? (
        <Time key="f" at={alert.firingAt} form="instant" />
      ) : (
        <span key="f" className="dim">
          not yet
        </span>
      ),
    ],
    ...(alert.resolvedAt
      ? [["Resolved", <Time key="r" at={alert.resolvedAt} form="instant" />] as const]
      : []),
    ...(alert.quietUntil
      ? [
          [
            alert.silence ? "Silenced until" : "Snoozed until",
            <Time key="q" at={alert.quietUntil} form="instant" />,
          ] as const,
        ]
      : []),
    ...(alert.maintenanceUntil && alert.state !== "resolved"
      ? [["In maintenance until", <Time key="m" at={alert.maintenanceUntil} form="instant" />] as const]
      : []),
    ...(alert.inhibitedBy
      ? [["Explained by", <InhibitorLink key="i" network={network} alert={alert.inhibitedBy} />] as const]
      : []),
    [
      "Before",
      lastFiredAt ? (
        <span key="b">
          {before}, last <Time at={lastFiredAt} isQuiet />
        </span>
      ) : (
        before
      ),
    ],
  ];
}

function SourceOf({ alert }: { alert: Alert }) {
  if (alert.link === null) return "Alertmanager";
  return (
    <a className="lk" href={alert.link} target="_blank" rel="noreferrer">
      Alertmanager, its figure
    </a>
  );
}

function Actions({ network, alert }: { network: NetworkName; alert: Alert }) {
  const review = useReview(network);
  const [comment, setComment] = useState("");
  const [isAssigning, setAssigning] = useState(false);
  const [isSilencing, setSilencing] = useState(false);
  const isTaken = alert.acknowledgedAt !== null;
  const acknowledge = () => review.run([alert], { kind: "acknowledge", comment: comment.trim() });
  return (
    <div className="mt-3 grid gap-3">
      <div className="flex flex-wrap gap-2">
        {isTaken ? (
          <Button
            shortcut="u"
            refused={review.refusal}
            onClick={() => review.run([alert], { kind: "release" })}
          >
            Back to queue
          </Button>
        ) : (
          <Button
            kind="primary"
            shortcut="e"
            refused={review.refusal}
            isBusy={review.isBusy}
            onClick={acknowledge}
          >
            Acknowledge
          </Button>
        )}
        <Button shortcut="a" refused={review.refusal} onClick={() => setAssigning(true)}>
          Assign
        </Button>
        <Button shortcut="s" refused={review.refusal} onClick={() => setSilencing(true)}>
          Silence
        </Button>
        <Button
          shortcut="z"
          refused={review.refusal}
          onClick={() => review.run([alert], { kind: "snooze", forMs: snoozeMs })}
        >
          Snooze 1 h
        </Button>
      </div>
      {!isTaken && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            acknowledge();
          }}
        >
          <TextField
            label="Comment with the acknowledgement"
            value={comment}
            onChange={setComment}
            maxLength={500}
          />
        </form>
      )}
      {isAssigning && <AssignDialog network={network} alerts={[alert]} onClose={() => setAssigning(false)} />}
      {isSilencing && (
        <SilenceDialog network={network} target={silenceOf(alert)} onClose={() => setSilencing(false)} />
      )}
    </div>
  );
}
