import { describe, expect, it } from "vitest";
import {
  compareViews,
  type MeasuredView,
  type RegisteredView,
  type ReportedView,
  type ThreeViews,
} from "./compare-views.ts";
import type { ComparisonRow } from "./schema.ts";

const registered: RegisteredView = {
  height: 24_817_343,
  ageMs: 19_900,
  host: "s07.fsn1.example",
  httpPort: 8080,
  isTls: true,
  mode: "Full",
  clusterId: "0x0059",
};
const reported: ReportedView = {
  ageMs: 1_100,
  hostName: "fsn1-s07",
  region: "eu-central",
  mode: "full",
  clusterId: "0x0059",
  version: "1.15.0",
  storedBytes: 55.1 * 2 ** 40,
  capacityBytes: 64 * 2 ** 40,
  linkBps: 10e9,
  clockSkewMs: 12,
};
const answered = { ageMs: 8_400, ok: true, latencyMs: 14, reason: null, version: "1.15.0" };
const measured: MeasuredView = {
  probe: answered,
  probes: { asked: 1_440, missed: 1 },
  clockSkewMs: 300,
  p99Ms: 1_912,
  requests: 69_840,
  activityAgeMs: 400,
  mostBps: 9.8e9,
};

function rowOf(subject: ComparisonRow["subject"], changes: Partial<ThreeViews> = {}): ComparisonRow {
  const rows = compareViews({
    key: "0x059e",
    registered,
    reported,
    measured,
    silenceLimitMs: 15_000,
    ...changes,
  });
  const row = rows.find((candidate) => candidate.subject === subject);
  if (!row) throw new Error(`no row ${subject}`);
  return row;
}

const texts = ({ registered: a, reported: b, measured: c }: ComparisonRow) =>
  [a, b, c].map((cell) => (cell.kind === "value" ? cell.text : `(${cell.why})`));

describe("the three views of a node", () => {
  it.each<[ComparisonRow["subject"], string[], string | undefined]>([
    ["source", ["#24,817,343, 20 s ago", "telemetry, 1.1 s ago", "probe, 8.4 s ago"], undefined],
    ["key", ["0x059e", "0x059e", "0x059e"], "agree"],
    ["address", ["https://s07.fsn1.example:8080", "fsn1-s07, eu-central", "answers in 14 ms"], "agree"],
    ["mode", ["Full", "full", "(cannot be measured)"], "agree"],
    ["cluster", ["0x0059", "0x0059", "(cannot be measured)"], "agree"],
    ["software", ["(not on chain)", "1.15.0", "1.15.0 in /info"], "agree"],
    ["alive", ["registered", "1.1 s ago", "1,439 of 1,440 probes, 24 h"], "agree"],
    ["stored", ["(not in the indexer)", "55.1 TiB of 64 TiB", "(cannot be measured)"], "unmeasurable"],
    ["link", ["(not on chain)", "10 Gb/s", "9.8 Gb/s at most, 24 h"], "agree"],
    [
      "latency",
      ["(not on chain)", "(not reported)", "p99 1,912 ms over 69,840 requests, /info in 14 ms"],
      "unmeasurable",
    ],
    ["clock", ["(not on chain)", "12 ms ahead", "300 ms ahead"], "agree"],
  ])("show %s side by side", (subject, cells, verdict) => {
    const row = rowOf(subject);
    expect(texts(row)).toEqual(cells);
    expect(row.verdict?.kind).toBe(verdict);
  });

  it.each<[string, ComparisonRow["subject"], Partial<ThreeViews>, string, string]>([
    ["another mode", "mode", { reported: { ...reported, mode: "cache" } }, "differs", "differs"],
    ["another cluster", "cluster", { reported: { ...reported, clusterId: "0x0060" } }, "differs", "differs"],
    [
      "a cluster that the indexer lost",
      "cluster",
      { registered: { ...registered, clusterId: null } },
      "unknown",
      "one source only",
    ],
    [
      "a version that /info contradicts",
      "software",
      { measured: { ...measured, probe: { ...answered, version: "1.14.2" } } },
      "differs",
      "differs",
    ],
    [
      "an address that does not answer",
      "address",
      { measured: { ...measured, probe: { ...answered, ok: false, reason: "connection refused" } } },
      "differs",
      "does not answer there",
    ],
    [
      "telemetry without an answer",
      "alive",
      { measured: { ...measured, probe: { ...answered, ok: false } } },
      "differs",
      "heard, gives no answer",
    ],
    [
      "an answer without telemetry",
      "alive",
      { reported: { ...reported, ageMs: 99_000 }, measured: { ...measured, activityAgeMs: null } },
      "differs",
      "answers, is not heard",
    ],
    [
      "a node that is gone",
      "alive",
      { reported: null, measured: { ...measured, activityAgeMs: 99_000, probe: { ...answered, ok: false } } },
      "agree",
      "agree: gone",
    ],
    [
      "more traffic than the link carries",
      "link",
      { measured: { ...measured, mostBps: 14e9 } },
      "differs",
      "more than the link carries",
    ],
    [
      "a link that was never used",
      "link",
      { measured: { ...measured, mostBps: 3.1e9 } },
      "unknown",
      "at most 31 % used",
    ],
    [
      "clocks that contradict",
      "clock",
      { measured: { ...measured, clockSkewMs: -4_500 } },
      "differs",
      "4.5 s apart",
    ],
  ])("say of %s", (_, subject, changes, kind, wording) => {
    expect(rowOf(subject, changes).verdict).toEqual({ kind, wording });
  });

  it("claim nothing about a node that nobody has named", () => {
    const nothing: MeasuredView = {
      probe: null,
      probes: null,
      clockSkewMs: null,
      p99Ms: null,
      requests: null,
      activityAgeMs: null,
      mostBps: null,
    };
    const rows = compareViews({
      key: "0x059e",
      registered: null,
      reported: null,
      measured: nothing,
      silenceLimitMs: 15_000,
    });
    expect(rows.filter(({ verdict }) => verdict?.kind === "agree" || verdict?.kind === "differs")).toEqual(
      [],
    );
    expect(rows.flatMap(texts).filter((text) => /null|undefined|NaN/.test(text))).toEqual([]);
  });
});
