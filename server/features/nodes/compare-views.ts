import {
  inBitsPerSecond,
  inBytes,
  inCount,
  inDuration,
  inMs,
  inPercent,
  inThousands,
} from "../../kernel/wording.ts";
import type { ComparisonRow, ViewCell } from "./schema.ts";

/** What the chain says; null = the indexer does not hold the node. */
export type RegisteredView = {
  height: number | null;
  ageMs: number | null;
  host: string;
  httpPort: number;
  isTls: boolean;
  mode: string;
  clusterId: string | null;
};

/** What the node says of itself; null = it has never reported. */
export type ReportedView = {
  ageMs: number;
  hostName: string | null;
  region: string | null;
  mode: string | null;
  clusterId: string | null;
  version: string | null;
  storedBytes: number | null;
  capacityBytes: number | null;
  linkBps: number | null;
  clockSkewMs: number | null;
};

/** What we saw ourselves: probes of /info and its activity of the last 24 h. */
export type MeasuredView = {
  probe: {
    ageMs: number;
    ok: boolean;
    latencyMs: number | null;
    reason: string | null;
    version: string | null;
  } | null;
  probes: { asked: number; missed: number } | null;
  clockSkewMs: number | null;
  p99Ms: number | null;
  requests: number | null;
  activityAgeMs: number | null;
  mostBps: number | null;
};

export type ThreeViews = {
  key: string;
  registered: RegisteredView | null;
  reported: ReportedView | null;
  measured: MeasuredView;
  /** A node that is quiet for longer is not alive. */
  silenceLimitMs: number;
};

type Verdict = NonNullable<ComparisonRow["verdict"]>;
type Cells = Pick<ComparisonRow, "registered" | "reported" | "measured">;

const clockToleranceMs = 1_000;
/** Counters and link names are round; a twentieth apart is the same. */
const rateTolerance = 1.05;

/** The three views of a node, side by side. What differs is said, never averaged. */
export function compareViews(views: ThreeViews): ComparisonRow[] {
  return [
    sourceRow(views),
    keyRow(views),
    addressRow(views),
    modeRow(views),
    clusterRow(views),
    softwareRow(views),
    aliveRow(views),
    storedRow(views),
    linkRow(views),
    latencyRow(views),
    clockRow(views),
  ];
}

function sourceRow({ registered, reported, measured }: ThreeViews): ComparisonRow {
  const age = (ms: number | null) => (ms === null ? "" : `, ${inDuration(ms)} ago`);
  return {
    subject: "source",
    label: "Source",
    registered: registered
      ? value(
          registered.height === null
            ? `chain${age(registered.ageMs)}`
            : `#${inThousands(registered.height)}${age(registered.ageMs)}`,
        )
      : notRegistered,
    reported: reported ? value(`telemetry${age(reported.ageMs)}`) : notReported,
    measured: measured.probe ? value(`probe${age(measured.probe.ageMs)}`) : absent("not probed"),
    verdict: null,
  };
}

function keyRow({ key, registered, reported, measured }: ThreeViews): ComparisonRow {
  const cells = {
    registered: registered ? value(key) : notRegistered,
    reported: reported ? value(key) : notReported,
    measured: measured.requests ? value(key) : absent("no activity names it"),
  };
  return row("key", "Key", cells, sameOrUnknown([cells.registered, cells.reported, cells.measured]));
}

function addressRow({ registered, reported, measured }: ThreeViews): ComparisonRow {
  const { probe } = measured;
  const scheme = registered?.isTls ? "https" : "http";
  const where = [reported?.hostName, reported?.region].filter((part) => part != null).join(", ");
  const cells = {
    registered: registered ? value(`${scheme}://${registered.host}:${registered.httpPort}`) : notRegistered,
    reported: where === "" ? notReported : value(where),
    measured: probe ? value(probeText(probe)) : absent("not probed"),
  };
  if (!registered) return row("address", "Address", cells, unknown("not registered"));
  if (!probe) return row("address", "Address", cells, unknown("not probed"));
  const verdict = probe.ok ? agree : differs("does not answer there");
  return row("address", "Address", cells, verdict);
}

function modeRow({ registered, reported }: ThreeViews): ComparisonRow {
  const cells = {
    registered: registered ? value(registered.mode) : notRegistered,
    reported: textOr(reported?.mode ?? null, notReported),
    measured: unmeasured,
  };
  return row("mode", "Mode", cells, sameOrUnknown([cells.registered, cells.reported]));
}

function clusterRow({ registered, reported }: ThreeViews): ComparisonRow {
  const cells = {
    registered: registered ? textOr(registered.clusterId, absent("the indexer names none")) : notRegistered,
    reported: textOr(reported?.clusterId ?? null, notReported),
    measured: unmeasured,
  };
  return row("cluster", "Cluster", cells, sameOrUnknown([cells.registered, cells.reported]));
}

function softwareRow({ reported, measured }: ThreeViews): ComparisonRow {
  const probed = measured.probe?.version ?? null;
  const cells = {
    registered: notOnChain,
    reported: textOr(reported?.version ?? null, notReported),
    measured: probed === null ? absent("/info names none") : value(`${probed} in /info`),
  };
  const same = sameOrUnknown([cells.reported, probed === null ? cells.measured : value(probed)]);
  return row("software", "Software", cells, same);
}

function aliveRow({ registered, reported, measured, silenceLimitMs }: ThreeViews): ComparisonRow {
  const { probe, probes, activityAgeMs } = measured;
  const heard = [reported?.ageMs ?? null, activityAgeMs].filter((ms) => ms !== null);
  const heardMs = heard.length === 0 ? null : Math.min(...heard);
  const cells = {
    registered: registered ? value("registered") : notRegistered,
    reported: reported ? value(`${inDuration(reported.ageMs)} ago`) : notReported,
    measured: probes
      ? value(`${inThousands(probes.asked - probes.missed)} of ${inCount(probes.asked, "probe")}, 24 h`)
      : absent("not probed"),
  };
  return row(
    "alive",
    "Alive",
    cells,
    aliveVerdict(heardMs === null ? null : heardMs <= silenceLimitMs, probe?.ok ?? null),
  );
}

function aliveVerdict(isHeard: boolean | null, answers: boolean | null): Verdict {
  if (isHeard === null && answers === null) return unknown("never heard, never probed");
  if (isHeard === null)
    return answers ? differs("answers, but is never heard") : unknown("neither heard nor answering");
  if (answers === null) return unknown("not probed");
  if (isHeard === answers) return isHeard ? agree : { kind: "agree", wording: "agree: gone" };
  return differs(isHeard ? "heard, gives no answer" : "answers, is not heard");
}

function storedRow({ reported }: ThreeViews): ComparisonRow {
  const stored = reported?.storedBytes ?? null;
  const capacity = reported?.capacityBytes ?? null;
  const of = capacity === null ? "" : ` of ${inBytes(capacity)}`;
  const cells = {
    registered: absent("not in the indexer"),
    reported: stored === null ? notReported : value(`${inBytes(stored)}${of}`),
    measured: unmeasured,
  };
  return row(
    "stored",
    "Stored",
    cells,
    stored === null ? unknown("no reading") : unmeasurable("one source only"),
  );
}

function linkRow({ reported, measured }: ThreeViews): ComparisonRow {
  const { mostBps } = measured;
  const says = reported?.linkBps ?? null;
  const cells = {
    registered: notOnChain,
    reported: says === null ? notReported : value(inBitsPerSecond(says)),
    measured:
      mostBps === null ? absent("no traffic reported") : value(`${inBitsPerSecond(mostBps)} at most, 24 h`),
  };
  if (says === null || mostBps === null) return row("link", "Link", cells, unknown("one source only"));
  if (mostBps > says * rateTolerance)
    return row("link", "Link", cells, differs("more than the link carries"));
  const isProved = mostBps * rateTolerance >= says;
  return row("link", "Link", cells, isProved ? agree : unknown(`at most ${inPercent(mostBps / says)} used`));
}

function latencyRow({ measured }: ThreeViews): ComparisonRow {
  const { p99Ms, requests, probe } = measured;
  const parts = [
    p99Ms === null ? null : `p99 ${inMs(p99Ms)} over ${inCount(requests ?? 0, "request")}`,
    probe?.latencyMs == null ? null : `/info in ${inMs(probe.latencyMs)}`,
  ].filter((part) => part !== null);
  const cells = {
    registered: notOnChain,
    reported: notReported,
    measured: parts.length === 0 ? absent("no requests, no probe") : value(parts.join(", ")),
  };
  const verdict = parts.length === 0 ? unknown("not known") : unmeasurable("one source only");
  return row("latency", "Latency", cells, verdict);
}

function clockRow({ reported, measured }: ThreeViews): ComparisonRow {
  const says = reported?.clockSkewMs ?? null;
  const seen = measured.clockSkewMs;
  const cells = {
    registered: notOnChain,
    reported: says === null ? notReported : value(skewText(says)),
    measured: seen === null ? absent("/info carries no date") : value(skewText(seen)),
  };
  if (says === null || seen === null) return row("clock", "Clock", cells, unknown("one source only"));
  const apartMs = Math.abs(says - seen);
  return row(
    "clock",
    "Clock",
    cells,
    apartMs <= clockToleranceMs ? agree : differs(`${inDuration(apartMs)} apart`),
  );
}

const notRegistered = absent("not registered");
const notReported = absent("not reported");
const notOnChain = absent("not on chain");
const unmeasured = absent("cannot be measured");
const agree: Verdict = { kind: "agree", wording: "agree" };

function row(
  subject: ComparisonRow["subject"],
  label: string,
  cells: Cells,
  verdict: Verdict,
): ComparisonRow {
  return { subject, label, ...cells, verdict };
}

function value(text: string): ViewCell {
  return { kind: "value", text };
}

function absent(why: string): ViewCell {
  return { kind: "absent", why };
}

function textOr(text: string | null, otherwise: ViewCell): ViewCell {
  return text === null ? otherwise : value(text);
}

function differs(wording: string): Verdict {
  return { kind: "differs", wording };
}

function unknown(wording: string): Verdict {
  return { kind: "unknown", wording };
}

function unmeasurable(wording: string): Verdict {
  return { kind: "unmeasurable", wording };
}

/** Agree when at least two sources say the same; case does not matter. */
function sameOrUnknown(cells: readonly ViewCell[]): Verdict {
  const texts = cells.flatMap((cell) => (cell.kind === "value" ? [cell.text.toLowerCase()] : []));
  if (texts.length < 2) return unknown(texts.length === 0 ? "not known" : "one source only");
  return new Set(texts).size === 1 ? agree : differs("differs");
}

function probeText(probe: NonNullable<MeasuredView["probe"]>): string {
  if (!probe.ok) return probe.reason ?? "no answer";
  return probe.latencyMs === null ? "answers" : `answers in ${inMs(probe.latencyMs)}`;
}

function skewText(ms: number): string {
  if (Math.abs(ms) < 1) return "exact";
  const size = Math.abs(ms) < 1_000 ? inMs(Math.abs(ms)) : inDuration(Math.abs(ms));
  return `${size} ${ms > 0 ? "ahead" : "behind"}`;
}
