const secondMs = 1_000;

type Group = { cids: Set<string>; clients: Set<number> };

/**
 * Says which row is the first of its CID, and of its account, among those of one bucket in one second that a flush stores.
 * Only these are in the indexes on CID and account (functions activity_of_cid and activity_of_client find the others).
 */
export class GroupFirsts {
  private readonly windows = new Map<number, Map<number | bigint, Group>>();
  private lastWindow = -1;
  private lastGroups = new Map<number | bigint, Group>();
  private group: Group = { cids: new Set(), clients: new Set() };

  /** The group that the next questions are about. */
  enter({ at, bucket }: { at: number; bucket: number | bigint }, network: number): void {
    // A second is a multiple of 1000 and ids of networks are small: their sum names both.
    const window = at - (at % secondMs) + network;
    if (window !== this.lastWindow) this.turnTo(window);
    const known = this.lastGroups.get(bucket);
    if (known) {
      this.group = known;
      return;
    }
    this.group = { cids: new Set(), clients: new Set() };
    this.lastGroups.set(bucket, this.group);
  }

  isFirstOfCid(cid: string | null): boolean {
    return cid !== null && isNew(this.group.cids, cid);
  }

  isFirstOfClient(client: number | null): boolean {
    return client !== null && isNew(this.group.clients, client);
  }

  clear(): void {
    this.windows.clear();
    this.lastWindow = -1;
    this.lastGroups = new Map();
  }

  private turnTo(window: number): void {
    const known = this.windows.get(window) ?? new Map<number | bigint, Group>();
    this.windows.set(window, known);
    this.lastWindow = window;
    this.lastGroups = known;
  }
}

function isNew<Value>(seen: Set<Value>, value: Value): boolean {
  const before = seen.size;
  return seen.add(value).size > before;
}
