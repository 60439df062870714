import { notFound } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import { parseMoment } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import {
  edgeKinds,
  type Grade,
  gradeCode,
  grades,
  type NodeKind,
  nodeKindCode,
  nodeKinds,
} from "./graph-rules.ts";
import { countedEdges, widthOfNode } from "./limit-rules.ts";
import type { RunState } from "./run-state.ts";
import type { GraphEdge, Hidden } from "./schema.ts";

export type GraphCtx = Pick<Ctx, "db" | "clock">;
export type Root = { id: string; network: number; kind: NodeKind; key: string; firstAt: Date };
export type Reached = { id: string; hop: number };
export type Walk = {
  root: string;
  isForward: boolean;
  depth: number;
  most: number;
  width?: number;
  asOf: Date;
  grades: readonly Grade[];
  opened?: readonly string[];
};

/** Root of a page's address: "<kind>:<key>". */
export async function requireRoot({ db }: GraphCtx, network: NetworkName, root: string): Promise<Root> {
  const colon = root.indexOf(":");
  const kind = nodeKinds.find((known) => known === root.slice(0, colon)) ?? "dataset";
  const key = root.slice(colon + 1);
  const { id: networkId } = networkByName(network);
  const [row] = await db.sql<{ id: string; first_at: Date }>(
    "SELECT id, first_at FROM lineage_node WHERE network = $1 AND kind = $2 AND key = $3",
    [networkId, nodeKindCode(kind), key],
  );
  if (!row) throw notFound(kind, key);
  return { id: row.id, network: networkId, kind, key, firstAt: row.first_at };
}

export function momentOf({ clock }: GraphCtx, asOf: string | null | undefined): Date {
  const now = clock.now();
  return asOf ? parseMoment(asOf, now, "asOf") : now;
}

/** The root first, then level by level. */
export function walk({ db }: GraphCtx, of: Walk): Promise<Reached[]> {
  return db.sql<Reached>(
    "SELECT node AS id, hop FROM lineage_walk($1, $2, $3, $4, $5, $6, $7::integer, $8)",
    [
      of.root,
      of.isForward,
      of.depth,
      of.width ?? widthOfNode,
      of.most,
      of.asOf,
      maskOf(of.grades),
      of.opened ?? [],
    ],
  );
}

type EdgeRow = {
  from_node: string;
  to_node: string;
  kind: number;
  grade: number;
  valid_from: Date;
  valid_to: Date | null;
};

export type Visible = { ids: readonly string[]; asOf: Date; grades: readonly Grade[] };

/** Edges with both ends among `ids`. */
export async function edgesAmong(
  { db }: GraphCtx,
  { ids, asOf, grades: shown }: Visible,
): Promise<GraphEdge[]> {
  const rows = await db.sql<EdgeRow>(
    `SELECT from_node, to_node, kind, grade, valid_from, nullif(valid_to, 'infinity') AS valid_to FROM lineage_edge
     WHERE from_node = ANY ($1::bigint[]) AND to_node = ANY ($1::bigint[])
       AND valid_from <= $2 AND valid_to > $2 AND (1 << grade) & $3::integer <> 0
     ORDER BY valid_from, from_node, to_node, kind`,
    [ids, asOf, maskOf(shown)],
  );
  return rows.flatMap(toEdge);
}

export function toEdge(row: EdgeRow): GraphEdge[] {
  const kind = edgeKinds[row.kind];
  const grade = grades[row.grade];
  if (!kind || !grade) return [];
  const validFrom = row.valid_from.toISOString();
  return [
    {
      from: row.from_node,
      to: row.to_node,
      kind,
      grade,
      validFrom,
      validTo: row.valid_to?.toISOString() ?? null,
    },
  ];
}

export type NodeRow = {
  id: string;
  kind: NodeKind;
  key: string;
  run: { state: RunState; job: string; startedAt: string | null; endedAt: string | null } | null;
};

/** What nodes are called, with the state of runs. */
export async function loadNodes({ db }: GraphCtx, ids: readonly string[]): Promise<Map<string, NodeRow>> {
  const rows = await db.sql<RawNode>(
    `SELECT node.id, node.kind, node.key, run.state, job.key AS job, run.started_at, run.ended_at
     FROM lineage_node AS node
     LEFT JOIN lineage_run AS run ON run.node = node.id
     LEFT JOIN lineage_node AS job ON job.id = run.job
     WHERE node.id = ANY ($1::bigint[])`,
    [ids],
  );
  return new Map(rows.flatMap((row) => toNode(row)).map((node) => [node.id, node]));
}

export type RawNode = {
  id: string;
  kind: number;
  key: string;
  state: RunState | null;
  job: string | null;
  started_at: Date | null;
  ended_at: Date | null;
};

export function toNode({ id, kind, key, state, job, started_at, ended_at }: RawNode): NodeRow[] {
  const word = nodeKinds[kind];
  if (!word) return [];
  const times = { startedAt: started_at?.toISOString() ?? null, endedAt: ended_at?.toISOString() ?? null };
  return [{ id, kind: word, key, run: state && job ? { state, job, ...times } : null }];
}

export type Degree = { up: number; down: number };

/** Edges into and out of each node, counted up to one more than `countedEdges`. */
export async function countEdges(
  { db }: GraphCtx,
  { ids, asOf, grades: shown }: Visible,
): Promise<Map<string, Degree>> {
  const rows = await db.sql<Degree & { id: string }>(
    `SELECT here.id,
       (SELECT count(*)::integer FROM (SELECT FROM lineage_edge WHERE to_node = here.id AND valid_from <= $2
         AND valid_to > $2 AND (1 << grade) & $3::integer <> 0 LIMIT $4) AS near) AS up,
       (SELECT count(*)::integer FROM (SELECT FROM lineage_edge WHERE from_node = here.id AND valid_from <= $2
         AND valid_to > $2 AND (1 << grade) & $3::integer <> 0 LIMIT $4) AS near) AS down
     FROM unnest($1::bigint[]) AS here (id)`,
    [ids, asOf, maskOf(shown), countedEdges + 1],
  );
  return new Map(rows.map(({ id, up, down }) => [id, { up, down }]));
}

/** A bit for each grade. */
function maskOf(shown: readonly Grade[]): number {
  return shown.reduce((mask, grade) => mask | (1 << gradeCode(grade)), 0);
}

export function hiddenOf(counted: number, drawn: number): Hidden {
  const isMore = counted > countedEdges;
  return { edges: Math.max(0, Math.min(counted, countedEdges) - drawn), isMore };
}
