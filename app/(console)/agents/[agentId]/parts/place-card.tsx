import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import { Age, type AgeProps } from "../../../../_ui/age.tsx";
import { formatMs } from "../../../../_ui/format/duration.ts";
import { formatNumber, formatReading } from "../../../../_ui/format/number.ts";
import { formatPercent } from "../../../../_ui/format/percent.ts";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { EnvBadge } from "../../parts/env-badge.tsx";
import { promotionHref, promotionsOf } from "./promotion.ts";

type PlaceCardProps = {
  agentId: string;
  place: PlaceSummary;
  /** All of the agent's, `place` among them. */
  places: readonly PlaceSummary[];
  age: AgeProps;
};

/** One environment: which version how many get, who put it there, how it does, and where it may go next. */
export function PlaceCard({ agentId, place, places, age }: PlaceCardProps) {
  const { environment, generation, shares } = place;
  return (
    <section className="panel" aria-label={environment}>
      <header className="panel-h">
        <h2 className="leading-none">
          <EnvBadge environment={environment} />
        </h2>
        <span className="panel-sub">{generation > 0 ? `SET ${generation}` : "nothing deployed yet"}</span>
        <div className="panel-acts">
          <Age {...age} />
        </div>
      </header>
      {shares.length > 0 && <Shares place={place} />}
      {generation > 0 && <KeyValue items={factsOf(place)} />}
      <Promotions agentId={agentId} place={place} places={places} />
    </section>
  );
}

function Promotions({ agentId, place, places }: Omit<PlaceCardProps, "age">) {
  const targets = promotionsOf(place, places);
  if (targets.length === 0) return null;
  return (
    <p className="flex gap-4 pt-3 text-12">
      {targets.map((to) => (
        <Link key={to} className="lk" href={promotionHref(agentId, place, to)}>
          Promote to {to}
        </Link>
      ))}
    </p>
  );
}

function Shares({ place: { shares, targeted } }: { place: PlaceSummary }) {
  return (
    <>
      <div className="shares" aria-hidden="true">
        {shares.map(({ cid, percent, isDefault }) => (
          <i key={cid} style={{ width: `${percent}%` }} data-default={isDefault || undefined} />
        ))}
      </div>
      <ul className="shares-key">
        {shares.map(({ cid, semver, percent, isDefault }) => (
          <li key={cid}>
            <i data-default={isDefault || undefined} aria-hidden="true" />
            <span className="mono">{semver}</span> <b className="font-medium">{formatNumber(percent)} %</b>
          </li>
        ))}
        {targeted.length > 0 && (
          <li className="dim">some get {targeted.map(({ semver }) => semver).join(", ")}</li>
        )}
      </ul>
    </>
  );
}

function factsOf({ applied, instances, now, rollout, lock }: PlaceSummary): (readonly [string, ReactNode])[] {
  const { known, ready } = instances;
  return [
    [
      "Instances",
      known === 0 ? (
        <span key="instances" className="dim">
          none has spoken
        </span>
      ) : (
        <span key="instances" className={ready < known ? "t-warn" : undefined}>
          {formatNumber(ready)} of {formatNumber(known)} ready
        </span>
      ),
    ],
    [
      "Since",
      applied && (
        <span key="since">
          <Time at={applied.at} form="instant" />, {applied.by}
        </span>
      ),
    ],
    [
      "Note",
      applied && applied.note !== "" ? (
        applied.note
      ) : (
        <span key="note" className="dim">
          none
        </span>
      ),
    ],
    [
      "Now",
      now ? (
        <Pace key="now" now={now} />
      ) : (
        <span key="now" className="dim">
          no event in the last minute
        </span>
      ),
    ],
    ...(rollout
      ? [["Rollout", <span key="r">{`${rollout.phase}, at ${rollout.weight} %`}</span>] as const]
      : []),
    ...(lock
      ? [
          [
            "Locked",
            <span key="l" className="t-crit">
              {lock.reason}
            </span>,
          ] as const,
        ]
      : []),
  ];
}

function Pace({ now: { perSecond, failedRatio, p99Ms } }: { now: NonNullable<PlaceSummary["now"]> }) {
  return (
    <>
      {formatReading(perSecond)} events/s, {formatPercent(failedRatio)} % failed, p99 {formatMs(p99Ms)} ms
    </>
  );
}

/** Three of the height of the real ones; what failed is said once. */
export function PlaceSkeletons({ query }: { query: UseQueryResult<PlaceSummary[], unknown> }) {
  const state = queryState(query, "what is deployed");
  return (
    <>
      {(["dev", "staging", "prod"] as const).map((environment) => (
        <Panel key={environment} title={environment} state={state} className="min-h-44" />
      ))}
    </>
  );
}
