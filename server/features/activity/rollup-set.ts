import { CellCounts } from "../../kernel/cell-counts.ts";
import { isFailure, operations, statuses } from "../../kernel/cells.ts";
import type { Grain } from "../../kernel/grains.ts";
import { windowStart } from "../../kernel/grains.ts";

/** What a rollup row is about, as the database numbers it. */
export const scope = { network: 1, cluster: 2, node: 3, bucket: 4 } as const;

export type Subject = { scope: number; network: number; subject: number | bigint };

const countCode = 2 ** 10;
const get = operations.indexOf("get");
const put = operations.indexOf("put");
const isFailureCode = statuses.map(isFailure);

/** Requests of one subject in one window. */
export class RollupRow {
  readonly scope: number;
  readonly network: number;
  readonly subject: number | bigint;
  readonly at: number;
  requests = 0;
  failures = 0;
  readBytes: number | bigint = 0;
  writtenBytes: number | bigint = 0;
  /** Operation, status and latency bin in one number (kernel/cells) to the number of requests. */
  readonly cells = new CellCounts();

  constructor({ scope: ofScope, network, subject }: Subject, at: number) {
    this.scope = ofScope;
    this.network = network;
    this.subject = subject;
    this.at = at;
  }

  add(request: { operation: number; status: number; bin: number; bytes: number }): void {
    const { operation, status, bytes } = request;
    this.requests++;
    if (isFailureCode[status]) this.failures++;
    if (operation === get) this.readBytes = plus(this.readBytes, bytes);
    else if (operation === put) this.writtenBytes = plus(this.writtenBytes, bytes);
    this.cells.add((operation * 8 + status) * countCode + request.bin, 1);
  }

  merge(other: RollupRow): void {
    this.requests += other.requests;
    this.failures += other.failures;
    this.readBytes = plus(this.readBytes, other.readBytes);
    this.writtenBytes = plus(this.writtenBytes, other.writtenBytes);
    this.cells.merge(other.cells);
  }
}

type Group = { scope: number; network: number; rows: Map<number | bigint, RollupRow> };

/** The rows of one grain that wait to be written. */
export class RollupSet {
  size = 0;
  private readonly windows = new Map<number, Group[]>();
  private lastAt = -1;
  private lastGroups: Group[] = [];

  row(of: Subject, at: number): RollupRow {
    const { rows } = this.group(of, at);
    const known = rows.get(of.subject);
    if (known) return known;
    const row = new RollupRow(of, at);
    rows.set(of.subject, row);
    this.size++;
    return row;
  }

  *[Symbol.iterator](): Generator<RollupRow> {
    for (const groups of this.windows.values()) for (const { rows } of groups) yield* rows.values();
  }

  /** The same requests in wider windows. */
  foldTo(grain: Grain): RollupSet {
    const wider = new RollupSet();
    for (const row of this) wider.row(row, windowStart(row.at, grain)).merge(row);
    return wider;
  }

  times(): number[] {
    return [...this.windows.keys()];
  }

  private group(of: Subject, at: number): Group {
    const groups = at === this.lastAt ? this.lastGroups : this.groupsAt(at);
    for (const group of groups) if (group.scope === of.scope && group.network === of.network) return group;
    const group = { scope: of.scope, network: of.network, rows: new Map() };
    groups.push(group);
    return group;
  }

  private groupsAt(at: number): Group[] {
    const groups = this.windows.get(at) ?? [];
    if (groups.length === 0) this.windows.set(at, groups);
    this.lastAt = at;
    this.lastGroups = groups;
    return groups;
  }
}

/** Exact beyond 2^53. */
function plus(sum: number | bigint, more: number | bigint): number | bigint {
  if (typeof sum === "number" && typeof more === "number") {
    const total = sum + more;
    if (total <= Number.MAX_SAFE_INTEGER) return total;
  }
  return BigInt(sum) + BigInt(more);
}
