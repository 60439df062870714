import { networkByName } from "../../kernel/networks.ts";
import type { LogRecord } from "../../ports/event-log.ts";
import type { Added, Cut, IngestBinding, Lane, Reading } from "../../ports/ingest-binding.ts";
import { lineageNotice } from "./lineage-notice.ts";
import { faultText, isFault, parseLineageEvent } from "./parse-event.ts";
import { type ArrivedEvent, storeEvents } from "./store-events.ts";

/** Topics of OpenLineage events. The event itself is its name: a repeat is found by its text. */
export function lineageBinding(): IngestBinding {
  let pending = new PendingEvents();
  const cut = (at: Date): Cut => {
    const { events } = pending;
    pending = new PendingEvents();
    return {
      times: new Map(),
      nodes: [],
      write: async (tx) => {
        if (events.length === 0) return [];
        await storeEvents((text, values) => tx.sql(text, values), events);
        return [...new Set(events.map(({ network }) => network))].map((network) =>
          lineageNotice(network, at),
        );
      },
    };
  };
  return {
    name: "lineage",
    read: (lane, at) => new LineageReading(lane, at, () => pending),
    pendingBytes: () => pending.bytes,
    cut,
    drop: () => {
      pending = new PendingEvents();
    },
  };
}

class PendingEvents {
  readonly events: ArrivedEvent[] = [];
  bytes = 0;

  add(event: ArrivedEvent): void {
    this.events.push(event);
    this.bytes += event.body.length;
  }
}

class LineageReading implements Reading {
  private readonly lane: Lane;
  private readonly at: Date;
  private readonly pending: () => PendingEvents;
  private readonly events: ArrivedEvent[] = [];

  constructor(lane: Lane, at: Date, pending: () => PendingEvents) {
    this.lane = lane;
    this.at = at;
    this.pending = pending;
  }

  take(record: LogRecord): string | null {
    const parsed = parseLineageEvent(record.bytes.toString("utf8", record.valueStart, record.valueEnd));
    if (isFault(parsed)) return faultText(parsed);
    const { topic, partition } = this.lane;
    this.events.push({
      ...parsed,
      network: this.lane.network ?? networkByName("mainnet").id,
      receivedAt: this.at,
      origin: { topic, partition, offset: record.offset },
    });
    return null;
  }

  async settle(): Promise<void> {}

  add(): Added {
    const pending = this.pending();
    for (const event of this.events) pending.add(event);
    const times = this.events.map(({ event }) => Date.parse(event.eventTime));
    return {
      records: this.events.length,
      duplicates: 0,
      offsets: [],
      names: [],
      newestAt: times.length === 0 ? null : Math.max(...times),
    };
  }
}
