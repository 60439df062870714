import { parseCid } from "../../kernel/cid/parse-cid.ts";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { PieceDetail, PieceInput } from "./schema.ts";
import { cidTextOf, findBucket, findCountedAt, type PieceRow, pieceColumns, toObjectRow } from "./store.ts";

const mostPlaces = 50;
const mostParents = 20;

/** Where a CID is known. One that nobody has seen is no error: its page says so, and can still ask the nodes. */
export async function getPiece(ctx: Ctx, input: PieceInput): Promise<PieceDetail> {
  const parsed = parseCid(input.cid);
  if (parsed.kind === "fault") throw invalid(parsed.fault.reason);
  const network = networkByName(input.network).id;
  const values = [network, Buffer.from(parsed.cid.bytes)];
  const [places, names, parents, countedAt] = await Promise.all([
    ctx.db.sql<PieceRow>(
      `SELECT ${pieceColumns} FROM ddc_piece WHERE network = $1 AND cid = $2 ORDER BY last_seen DESC LIMIT ${mostPlaces}`,
      values,
    ),
    ctx.db.sql<{ bucket: string; name: string }>(
      `SELECT u64(bucket) AS bucket, name FROM ddc_cns_name WHERE network = $1 AND cid = $2 ORDER BY bucket, name LIMIT ${mostPlaces}`,
      values,
    ),
    ctx.db.sql<{ bucket: string; parent: Buffer; name: string }>(
      `SELECT u64(bucket) AS bucket, parent, name FROM ddc_link WHERE network = $1 AND child = $2
       ORDER BY bucket, name LIMIT ${mostParents}`,
      values,
    ),
    findCountedAt(ctx.db),
  ]);
  const chosen = input.bucket ?? places[0]?.bucket ?? null;
  const bucket = chosen === null ? null : await findBucket(ctx.db, { network, bucket: chosen });
  return {
    at: ctx.clock.now().toISOString(),
    cid: parsed.cid.text,
    bucket,
    places: places.map(toObjectRow),
    names,
    parents: parents.map(({ bucket: of, parent, name }) => ({ bucket: of, cid: cidTextOf(parent), name })),
    countedAt,
  };
}
