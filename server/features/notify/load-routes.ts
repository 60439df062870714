import type { Database, Transaction } from "../../ports/database.ts";
import { type ReceiverKind, type RouteDefinition, routeDefinitionSchema } from "./schema.ts";

/** A route with what has to be known of its receiver. */
export type LoadedRoute = {
  id: string;
  name: string;
  definition: RouteDefinition;
  revision: number;
  changedAt: Date;
  changedBy: string;
  receiver: { id: string; name: string; kind: ReceiverKind; isEnabled: boolean };
};

type RouteRow = Omit<LoadedRoute, "definition" | "receiver"> & {
  definition: unknown;
  receiver: string;
  receiverName: string;
  receiverKind: ReceiverKind;
  receiverIsEnabled: boolean;
};

const routesOfNetwork = `SELECT r.id::text AS id, r.name, r.definition, r.revision, r.changed_at AS "changedAt",
    r.changed_by AS "changedBy", r.receiver::text AS receiver, v.name AS "receiverName", v.kind AS "receiverKind",
    v.is_enabled AS "receiverIsEnabled"
  FROM notify_route r JOIN notify_receiver v ON v.id = r.receiver WHERE r.network = $1 ORDER BY r.name`;

/** All routes of a network by name. One that an older release wrote gets today's defaults for what it lacks. */
export async function loadRoutes({ sql }: Pick<Database, "sql">, network: number): Promise<LoadedRoute[]> {
  return (await sql<RouteRow>(routesOfNetwork, [network])).flatMap(toRoute);
}

/** The same, as the transaction sees them. */
export async function loadRoutesIn(tx: Transaction, network: number): Promise<LoadedRoute[]> {
  return (await tx.$queryRawUnsafe<RouteRow[]>(routesOfNetwork, network)).flatMap(toRoute);
}

function toRoute(row: RouteRow): LoadedRoute[] {
  const definition = routeDefinitionSchema.safeParse(row.definition);
  if (!definition.success) return [];
  const { receiver, receiverName, receiverKind, receiverIsEnabled, ...route } = row;
  return [
    {
      ...route,
      definition: definition.data,
      receiver: { id: receiver, name: receiverName, kind: receiverKind, isEnabled: receiverIsEnabled },
    },
  ];
}
