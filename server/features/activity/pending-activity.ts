import type { Notice } from "../../kernel/notice.ts";
import type { RetentionAt } from "../../kernel/retention.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { StoredActivity } from "./activity-counter.ts";
import { activityCounters } from "./activity-counters.ts";

/** Records that wait for the next flush, as everything that is kept of them. */
export class PendingActivity {
  private readonly counters = activityCounters.map((make) => make());
  private isEmpty = true;
  private readonly seen = new Set<number>();

  get bytes(): number {
    return this.counters.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  add(record: StoredActivity): void {
    this.isEmpty = false;
    this.seen.add(record.node.id);
    for (const counter of this.counters) counter.add(record);
  }

  nodes(): number[] {
    return [...this.seen];
  }

  /** Times that rows will have, by table. */
  times(settings: RetentionAt): Map<string, ReadonlySet<number>> {
    return new Map(this.counters.flatMap((counter) => [...counter.times(settings)]));
  }

  async write(tx: BulkTransaction, settings: RetentionAt): Promise<Notice[]> {
    if (this.isEmpty) return [];
    const notices: Notice[] = [];
    for (const counter of this.counters) notices.push(...(await counter.write(tx, settings)));
    return notices;
  }

  clear(): void {
    this.isEmpty = true;
    this.seen.clear();
    for (const counter of this.counters) counter.clear();
  }
}
