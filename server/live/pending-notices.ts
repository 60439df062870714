import type { NetworkName } from "../kernel/networks.ts";
import type { TopicName } from "./topics.ts";

/** One notice to a network's rooms; `null` = to every network's. */
export type PendingNotice = {
  topic: TopicName;
  network: NetworkName | null;
  ids: ReadonlySet<string> | "all";
};

/** Notices that wait to be sent as one: equal topics and networks become one, with all of their ids. */
export class PendingNotices {
  readonly #waiting = new Map<string, PendingNotice>();

  add(topic: TopicName, network: NetworkName | null, ids: readonly string[] | "all"): void {
    const key = `${topic}/${network ?? ""}`;
    const known = this.#waiting.get(key)?.ids ?? new Set<string>();
    const isAll = ids === "all" || known === "all";
    this.#waiting.set(key, { topic, network, ids: isAll ? "all" : new Set([...known, ...ids]) });
  }

  /** What waited, and starts anew. */
  take(): PendingNotice[] {
    const notices = [...this.#waiting.values()];
    this.#waiting.clear();
    return notices;
  }
}
