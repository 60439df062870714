import type { BucketDetail } from "../../../../../../../server/features/inventory/schema.ts";
import { Figure } from "../../../../../../_ui/figure.tsx";
import { formatBytes, splitBytes } from "../../../../../../_ui/format/bytes.ts";
import { formatInteger, noReading } from "../../../../../../_ui/format/number.ts";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../../_ui/sheet.tsx";
import { Sparkline } from "../../../../../../_ui/sparkline.tsx";
import { Time } from "../../../../../../_ui/time.tsx";

/** The figures of a bucket; a bucket that no record names has none. */
export function BucketFigures({ detail }: { detail: BucketDetail }) {
  const { bucket, countedAt } = detail;
  const isSeen = bucket.lastSeen !== null;
  const written = splitBytes(isSeen ? bucket.writtenBytes : null);
  const read = splitBytes(isSeen ? bucket.readBytes24h : null);
  const age = { at: countedAt, staleAfterMs: 60_000 };
  return (
    <Sheet columns="repeat(5, minmax(0, 1fr))" hasFigures>
      <Panel title="Requests" sub="24 h" age={age}>
        <Figure
          value={isSeen ? formatInteger(bucket.requests24h) : noReading}
          sub={<Sparkline values={bucket.hours} width={120} label="Requests by the hour" />}
        />
      </Panel>
      <Panel title="GETs and PUTs" sub="24 h">
        <Figure
          value={isSeen ? formatInteger(bucket.reads24h) : noReading}
          sub={
            <>
              <b>{formatInteger(bucket.writes24h)}</b> PUTs, {formatInteger(bucket.failures24h)} failed
            </>
          }
        />
      </Panel>
      <Panel title="Read" sub="24 h, as acknowledged">
        <Figure
          value={read.value}
          unit={read.unit}
          sub={<>{formatBytes(bucket.readBytes)} since first seen</>}
        />
      </Panel>
      <Panel title="Written" sub="since first seen">
        <Figure
          value={written.value}
          unit={written.unit}
          sub={
            <>
              <b>{formatBytes(bucket.writtenBytes24h)}</b> in 24 h
            </>
          }
        />
      </Panel>
      <Panel title="Objects known">
        <Figure
          value={formatInteger(bucket.objects)}
          sub={
            isSeen ? (
              <>
                first seen <Time at={bucket.firstSeen} />
              </>
            ) : (
              "no record names this bucket"
            )
          }
        />
      </Panel>
    </Sheet>
  );
}
