import type { Running } from "../kernel/lifecycle.ts";
import { type NetworkName, networkNames } from "../kernel/networks.ts";
import { repeat } from "../kernel/repeat.ts";
import type { Audience } from "./audience.ts";
import { roomName } from "./topics.ts";

export type StatusWatchOptions = {
  audience: Audience;
  /** What is degraded on a network and since when, as one text that changes when that does. */
  readSignature(network: NetworkName): Promise<string>;
  onChange(network: NetworkName): void;
  everyMs?: number;
};

const unreadable = "unreadable";

/**
 * Tells the pages of a network when something that feeds it fails or heals. A part that dies announces nothing, so it
 * is looked at: once a second for the networks that somebody looks at.
 */
export function watchStatus(options: StatusWatchOptions): Running {
  const { audience, readSignature, onChange, everyMs = 1_000 } = options;
  const stopping = new AbortController();
  const memory = new StatusMemory();
  const look = async (network: NetworkName) => {
    const isWatched = audience.hasListeners(roomName({ kind: "status", network }));
    const signature = isWatched ? await readSignature(network).catch(() => unreadable) : null;
    if (memory.isChanged(network, signature)) onChange(network);
  };
  const done = repeat({ pauseMs: everyMs, signal: stopping.signal, onError: () => {} }, async () => {
    await Promise.all(networkNames.map(look));
  });
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** The newest signature of each network that somebody looks at. */
export class StatusMemory {
  readonly #known = new Map<NetworkName, string>();

  /** Null = nobody looks: whoever comes next loads the status anyway. */
  isChanged(network: NetworkName, signature: string | null): boolean {
    const before = this.#known.get(network);
    if (signature === null) this.#known.delete(network);
    else this.#known.set(network, signature);
    return before !== undefined && signature !== null && before !== signature;
  }
}
