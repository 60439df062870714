import { objectCid } from "../content/bucket-objects.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import { accessToken, signedRecord } from "./signed-record.ts";

export type StoryRecord = { key: string; value: string };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A refused account tries this often within its minute. */
const burst = 7;

/**
 * What an access audit is for, each minute of it: somebody whose grant ended an hour ago still asks, and one node still
 * answers now and then; and every tenth minute a stranger tries a private bucket again and again.
 */
export function oddAccess(network: LocalNetwork, minute: number): StoryRecord[] {
  const bucket = privateBucket(network);
  const [former, stranger] = network.customers.filter(({ ss58 }) => ss58 !== bucket.owner.ss58).slice(-2);
  const node = network.nodes[minute % network.nodes.length];
  if (!former || !stranger || !node) return [];
  const at = minute * minuteMs;
  const of = { node, bucket: bucket.number, cid: objectCid(network.plan.name, bucket.number, minute % 5) };
  const expiresAt = Math.floor(at / hourMs) * hourMs - hourMs;
  const token = accessToken({ owner: bucket.owner, holder: former, bucket: bucket.number, expiresAt });
  const isAnswered = minute % 5 === 0;
  const late = {
    ...of,
    client: former,
    status: isAnswered ? ("OK" as const) : ("ABORTED" as const),
    bytes: isAnswered ? 4_096 : 0,
    token,
  };
  const tries = minute % 10 === 3 ? burst : 0;
  const requests = [
    { ...late, at: at + 1_000 },
    ...Array.from({ length: tries }, (_, index) => ({
      ...of,
      client: stranger,
      status: "ABORTED" as const,
      bytes: 0,
      token: null,
      at: at + 5_000 + index * 1_500,
    })),
  ];
  return requests.map((request) => ({ key: node.account.hex, value: signedRecord(request) }));
}

function privateBucket(network: LocalNetwork) {
  for (let number = 1; number <= network.plan.buckets; number++) {
    const bucket = network.bucket(number);
    if (!bucket.isPublic) return bucket;
  }
  return network.bucket(1);
}
