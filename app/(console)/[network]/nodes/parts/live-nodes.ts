import { isHeard, nodeStatus, type StatusContext } from "../../../../../server/features/nodes/rules.ts";
import type { LivePoint, NodePage, NodeRow } from "../../../../../server/features/nodes/schema.ts";

/** Rows that nothing happened to stay the same objects, so that only changed rows are drawn again. */
export function withPoints(page: NodePage, points: readonly LivePoint[]): NodePage {
  const byKey = new Map(points.map((point) => [point.key, point]));
  return withRows(page, (row) => {
    const point = byKey.get(row.key);
    return point === undefined || isOlder(point, row) || saysTheSame(point, row) ? row : { ...row, ...point };
  });
}

/** Decides again, by the rule of the server, how the nodes are that are heard. */
export function withStatusAt(page: NodePage, at: Date): NodePage {
  const decided = withRows(page, (row) => {
    const status = nodeStatus(row, at, page);
    return isHeard(status.kind) && status.kind !== row.status.kind ? { ...row, status } : row;
  });
  return decided === page ? page : { ...decided, byStatus: recount(page, decided) };
}

/** True when it is time to ask: only the server knows whether the node is silent or the road stands still. */
export function hasFallenSilent(node: NodeRow, at: Date, context: StatusContext): boolean {
  return isHeard(node.status.kind) && !isHeard(nodeStatus(node, at, context).kind);
}

export function hasAnyFallenSilent(page: NodePage, at: Date): boolean {
  return page.rows.some((row) => hasFallenSilent(row, at, page));
}

function withRows(page: NodePage, change: (row: NodeRow) => NodeRow): NodePage {
  let isChanged = false;
  const rows = page.rows.map((row) => {
    const changed = change(row);
    isChanged ||= changed !== row;
    return changed;
  });
  return isChanged ? { ...page, rows } : page;
}

function isOlder(point: LivePoint, row: NodeRow): boolean {
  if (row.heardAt === null) return false;
  // Both as toISOString writes them, so their order is that of the text.
  return point.heardAt === null || point.heardAt < row.heardAt;
}

/** A thousand rows a second: compared without making anything. */
function saysTheSame(point: LivePoint, row: NodeRow): boolean {
  for (const field in point) if (Reflect.get(row, field) !== Reflect.get(point, field)) return false;
  return true;
}

/** The list may be one page of many: what its rows turned into is added to what the server counted. */
function recount(before: NodePage, after: NodePage): NodePage["byStatus"] {
  const counts = new Map(before.byStatus.map(({ kind, nodes }) => [kind, nodes]));
  for (const [index, row] of after.rows.entries()) {
    const was = before.rows[index]?.status.kind;
    if (was === undefined || was === row.status.kind) continue;
    counts.set(was, (counts.get(was) ?? 1) - 1);
    counts.set(row.status.kind, (counts.get(row.status.kind) ?? 0) + 1);
  }
  return [...counts].filter(([, nodes]) => nodes > 0).map(([kind, nodes]) => ({ kind, nodes }));
}
