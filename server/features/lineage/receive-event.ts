import type { Clock } from "../../kernel/clock.ts";
import { forbidden, invalid } from "../../kernel/errors.ts";
import { isNetworkName, type NetworkName, networkByName, networkNames } from "../../kernel/networks.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Grant } from "../../kernel/roles.ts";
import type { Database, RunSql } from "../../ports/database.ts";
import { lineageNotice } from "./lineage-notice.ts";
import type { LineageEvent } from "./open-lineage-schema.ts";
import { faultText, isFault, parseLineageEvent } from "./parse-event.ts";
import { storeEvents } from "./store-events.ts";

type Received = { body: string; grants: readonly Grant[] };

/**
 * One event by HTTP. Its network is the one that its `ddc://` datasets name, else the token's, else mainnet. False when
 * the same event was there already.
 */
export async function receiveEvent(
  { db, clock }: { db: Pick<Database, "prisma">; clock: Clock },
  { body, grants }: Received,
): Promise<boolean> {
  const parsed = parseLineageEvent(body);
  if (isFault(parsed)) throw invalid(faultText(parsed), { pointer: parsed.pointer });
  const network = networkOf(parsed.event, grants);
  const receivedAt = clock.now();
  const arrived = { ...parsed, network: networkByName(network).id, receivedAt, origin: null };
  return db.prisma.$transaction(async (tx) => {
    const sql: RunSql = (text, values) => tx.$queryRawUnsafe(text, ...values);
    const stored = await storeEvents(sql, [arrived]);
    const notice = encodeNotice(lineageNotice(arrived.network, receivedAt));
    if (stored > 0) await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${notice})`;
    return stored > 0;
  });
}

function networkOf(event: LineageEvent, grants: readonly Grant[]): NetworkName {
  const open = networkNames.filter((name) =>
    grants.some(({ network }) => network === null || network === name),
  );
  const named = namespacesOf(event).flatMap((namespace) => {
    const [, name = ""] = /^ddc:\/\/([a-z]+)\//.exec(namespace) ?? [];
    return isNetworkName(name) ? [name] : [];
  });
  const [network = open.includes("mainnet") ? "mainnet" : open[0]] = named;
  if (network === undefined || !open.includes(network))
    throw forbidden(`operator on ${network ?? "a network"}`);
  return network;
}

function namespacesOf(event: LineageEvent): string[] {
  if (event.kind === "dataset") return [event.dataset.namespace];
  return [...(event.outputs ?? []), ...(event.inputs ?? [])].map(({ namespace }) => namespace);
}
