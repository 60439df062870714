/** What has to be said to the server after somebody changed their mind. */
export type RoomChange = { join: readonly string[]; leave: readonly string[] };

/** Which rooms are wanted, by whom: a room is joined for the first who wants it and left with the last. */
export class WantedRooms {
  readonly #bySubscriber = new Map<string, ReadonlySet<string>>();

  /** Replaces everything that the subscriber wanted; an empty list takes it away. */
  set(subscriber: string, rooms: readonly string[]): RoomChange {
    const before = this.all();
    if (rooms.length === 0) this.#bySubscriber.delete(subscriber);
    else this.#bySubscriber.set(subscriber, new Set(rooms));
    const after = this.all();
    return {
      join: [...after].filter((room) => !before.has(room)),
      leave: [...before].filter((room) => !after.has(room)),
    };
  }

  all(): Set<string> {
    return new Set([...this.#bySubscriber.values()].flatMap((rooms) => [...rooms]));
  }

  subscribersOf(room: string): string[] {
    return [...this.#bySubscriber].flatMap(([subscriber, rooms]) => (rooms.has(room) ? [subscriber] : []));
  }
}
