import type { LiveMessage } from "../../../server/live/messages.ts";
import {
  type FromTab,
  type LinkState,
  type LiveGap,
  type LiveLink,
  type ToTab,
  tabSpeaksEveryMs,
} from "./live-protocol.ts";

/** What a tab shows about its connection. Times are epoch milliseconds. */
export type LiveState = {
  kind: LinkState["kind"] | "paused";
  since: number;
  heardAt: number | null;
  /** The newest gap; `loaded` when the pages' data has been asked anew since. */
  gap: (LiveGap & { loaded: boolean }) | null;
};

export type OpenLink = (deliver: (message: ToTab) => void) => LiveLink;
export type OnMessage = (message: LiveMessage) => void;

export const notConnected: LiveState = { kind: "connecting", since: 0, heardAt: null, gap: null };

/** The live layer of one tab: who listens in which room here, and whether they hear anything at the moment. */
export class LiveTab {
  readonly #open: OpenLink;
  readonly #fillGap: () => Promise<void>;
  readonly #now: () => number;
  readonly #listeners = new Map<string, Set<OnMessage>>();
  readonly #watchers = new Set<() => void>();
  #link: LiveLink | null = null;
  #state = notConnected;
  #linkState: LinkState = { kind: "connecting", since: 0, heardAt: null };
  #paused: { since: number; missed: number } | null = null;

  /** `fillGap` asks everything anew that is on the screen. */
  constructor(open: OpenLink, fillGap: () => Promise<void>, now: () => number) {
    this.#open = open;
    this.#fillGap = fillGap;
    this.#now = now;
  }

  readonly getState = (): LiveState => this.#state;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Listens in a room until the returned function is called. */
  enter(room: string, onMessage: OnMessage): () => void {
    const listeners = this.#listeners.get(room) ?? new Set();
    this.#listeners.set(room, listeners.add(onMessage));
    if (listeners.size === 1) this.#speak();
    return () => {
      listeners.delete(onMessage);
      if (listeners.size > 0 || this.#listeners.get(room) !== listeners) return;
      this.#listeners.delete(room);
      this.#speak();
    };
  }

  /** Nothing moves on the screen until `resume`, which loads what was missed. */
  pause(): void {
    this.#paused ??= { since: this.#now(), missed: 0 };
    this.#publish({});
  }

  resume(): void {
    const paused = this.#paused;
    if (!paused) return;
    this.#paused = null;
    this.#publish({});
    if (paused.missed > 0) this.#fill({ from: paused.since, to: this.#now(), missed: paused.missed });
  }

  /** Repeats what this tab wants, so that it is not taken for gone. */
  keepAlive(): () => void {
    const timer = setInterval(() => this.#speak(), tabSpeaksEveryMs);
    return () => clearInterval(timer);
  }

  /** The page is being left; it may come back from the browser's cache. */
  say(message: FromTab["kind"]): void {
    if (message === "bye") this.#link?.send({ kind: "bye" });
    else this.#speak();
  }

  #speak(): void {
    this.#link ??= this.#open((message) => this.#hear(message));
    this.#link.send({ kind: "rooms", rooms: [...this.#listeners.keys()] });
  }

  #hear(message: ToTab): void {
    if (message.kind === "message") this.#pass(message.room, message.message);
    else if (message.kind === "gap") this.#fill(message.gap);
    else {
      this.#linkState = message.state;
      this.#publish({});
    }
  }

  #pass(room: string, message: LiveMessage): void {
    this.#linkState = { ...this.#linkState, heardAt: this.#now() };
    if (this.#paused) this.#paused.missed += 1;
    else for (const listener of this.#listeners.get(room) ?? []) listener(message);
    this.#publish({});
  }

  #fill(gap: LiveGap): void {
    if (this.#paused) {
      this.#paused.missed += gap.missed;
      return;
    }
    this.#publish({ gap: { ...gap, loaded: false } });
    void this.#fillGap().then(() => {
      const current = this.#state.gap;
      if (current?.to === gap.to) this.#publish({ gap: { ...current, loaded: true } });
    });
  }

  #publish(change: Pick<LiveState, "gap"> | Record<string, never>): void {
    const { kind, since, heardAt } = this.#linkState;
    const shown = this.#paused ? { kind: "paused" as const, since: this.#paused.since } : { kind, since };
    this.#state = { ...this.#state, ...shown, heardAt, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
