"use client";

import type { Degraded as DegradedPart } from "../../../server/features/system/schema.ts";
import { useLiveState } from "../../_client/live/live-provider.tsx";
import { formatAge } from "../../_ui/format/duration.ts";
import { formatClock, formatMinute, type Zone, zoneName } from "../../_ui/format/time.ts";
import { Glyph } from "../../_ui/glyph.tsx";
import { useNow } from "../../_ui/now.tsx";
import { useZone } from "../../_ui/zone.ts";
import { usePlace } from "../use-place.ts";
import { MaintenanceItem } from "./maintenance-item.tsx";
import { statusItems } from "./status-words.ts";
import { useSystemStatus } from "./use-system-status.ts";

/** On every page: the connection, what feeds the console, what is degraded, and which version this is. */
export function StatusBar() {
  const { network } = usePlace();
  const { data, isError } = useSystemStatus(network);
  return (
    <footer className="statusbar">
      <Connection />
      {data &&
        statusItems(data).map((item) => (
          <span key={item.id} className="sb">
            {item.name} <b>{item.value}</b> <span className="sb-wide">{item.rest}</span>
          </span>
        ))}
      <MaintenanceItem network={network} />
      {isError && <Warning words="The state of the sources cannot be read" />}
      {data && <Degraded degraded={data.degraded} />}
      <span className="sp" />
      <Clock />
      {data && (
        <span className="sb">
          v{data.version} {data.commit && <span className="mono">{data.commit.slice(0, 7)}</span>}
        </span>
      )}
    </footer>
  );
}

const words = {
  live: "Live",
  connecting: "Connecting",
  reconnecting: "Reconnecting",
  signed_out: "Signed out",
  paused: "Paused",
};

function Connection() {
  const live = useLiveState();
  const now = useNow();
  const isTrouble = live.kind === "reconnecting" || live.kind === "signed_out";
  const since = live.kind === "paused" || isTrouble ? live.since : live.heardAt;
  return (
    <span className={isTrouble ? "sb t-warn" : "sb"}>
      {isTrouble ? <Glyph tone="warn" size={9} /> : <i className="livebtn-dot" data-kind={live.kind} />}
      {words[live.kind]}
      {since !== null && since > 0 && live.kind !== "live" && <span>{formatAge(now - since)}</span>}
      {live.gap && <Gap gap={live.gap} now={now} />}
    </span>
  );
}

/** After a reconnect it is said for a while what was missed and that it is here now. */
const gapIsToldMs = 30_000;

function Gap({ gap, now }: { gap: { to: number; missed: number; loaded: boolean }; now: number }) {
  if (now - gap.to > gapIsToldMs) return null;
  return (
    <span role="status">
      missed {gap.missed}, {gap.loaded ? "loaded" : "loading"}
    </span>
  );
}

function Degraded({ degraded }: { degraded: readonly DegradedPart[] }) {
  const zone = useZone();
  const [first, ...more] = degraded;
  if (!first) return null;
  const all = degraded.map((part) => sentence(part, zone)).join("\n");
  return (
    <Warning words={`${sentence(first, zone)}${more.length > 0 ? `, ${more.length} more` : ""}`} tip={all} />
  );
}

function Warning({ words: text, tip }: { words: string; tip?: string }) {
  return (
    <span className="sb sb-grow t-warn" role="status" data-tip={tip ?? text}>
      <Glyph tone="warn" size={9} />
      <span>{text}</span>
    </span>
  );
}

function sentence({ part, reason, since }: DegradedPart, zone: Zone): string {
  const isSaid = since === null || reason.includes("since");
  return `${part}: ${reason.replace(/\.$/, "")}${isSaid ? "" : `, since ${formatMinute(new Date(since), zone)}`}`;
}

function Clock() {
  const now = new Date(useNow());
  const zone = useZone();
  return (
    <span className="sb" suppressHydrationWarning>
      <b>{formatClock(now, zone)}</b> {zoneName(zone)}
    </span>
  );
}
