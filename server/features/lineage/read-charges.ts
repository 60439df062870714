import { cereDecimals, networkById } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { chargesOfBucket } from "../inventory/charges-of-bucket.ts";
import { signedBucket } from "../verification/content-nodes.ts";
import type { GivenEdge } from "./add-edges.ts";
import type { NodeName } from "./name-dataset.ts";
import { chargedDays, knownSince } from "./source-rules.ts";

export type BucketNodeRow = { id: string; network: number; key: string };
type UsageRow = { day: string; requests: string; read_bytes: string; written_bytes: string };

const dayMs = 86_400_000;

/** What a bucket did each day (recorded), and its part of what its owner was charged (allocated), in base units. */
export async function readCharges(
  ctx: Pick<Ctx, "db" | "clock">,
  { network, key }: BucketNodeRow,
): Promise<GivenEdge[]> {
  const now = ctx.clock.now();
  const from = new Date(now.getTime() - chargedDays * dayMs);
  const bits = signedBucket(key);
  const [[registered], usage] = await Promise.all([
    ctx.db.sql<{ owner: string | null }>("SELECT owner FROM ddc_bucket WHERE network = $1 AND bucket = $2", [
      network,
      bits,
    ]),
    ctx.db.sql<UsageRow>(
      `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, requests, read_bytes, written_bytes FROM rollup_1d
       WHERE scope = 4 AND network = $1 AND subject = $2 AND at >= $3 AND requests > 0 ORDER BY at`,
      [network, bits, from],
    ),
  ]);
  const { name } = networkById(network);
  const owner = registered?.owner ?? null;
  const charges = await chargesOfBucket(ctx, { network: name, bucket: key, owner, from, to: now });
  const usageNode = (day: string): NodeName => ({ kind: "usage", key: `bucket-${key} ${day}` });
  const used = usage.map(
    ({ day, ...figures }): GivenEdge => ({
      from: { kind: "bucket", key },
      to: usageNode(day),
      kind: "used",
      grade: "recorded",
      validFrom: new Date(`${day}T00:00:00Z`),
      evidence: {
        requests: figures.requests,
        readBytes: figures.read_bytes,
        writtenBytes: figures.written_bytes,
      },
    }),
  );
  if (charges.state !== "allocated") return used;
  const days = new Set(usage.map(({ day }) => day));
  const charged = charges.days.flatMap(({ day, allocated, charged: whole, requests }): GivenEdge[] =>
    allocated === null || !days.has(day)
      ? []
      : [
          {
            from: usageNode(day),
            to: { kind: "charge", key: `${charges.owner} ${day}` },
            kind: "charged",
            grade: "allocated",
            validFrom: knownSince(day, now),
            evidence: {
              allocated,
              charged: whole,
              decimals: cereDecimals,
              requests,
              ownerBuckets: charges.ownerBuckets,
              rule: charges.rule,
            },
          },
        ],
  );
  return [...used, ...charged];
}
