import { networkById } from "../../kernel/networks.ts";
import { inDigits, inThousands } from "../../kernel/wording.ts";
import { clusterName } from "../clusters/rules.ts";
import { entityHref } from "./entity-href.ts";
import type { PaletteCtx, Reach } from "./reach.ts";
import type { Reading } from "./reading.ts";
import { recogniseCid } from "./recognise-cid.ts";
import { recogniseHeight } from "./recognise-height.ts";
import { recogniseKey } from "./recognise-key.ts";
import { recognised } from "./recognised.ts";
import type { Recognised } from "./schema.ts";
import { findEntities } from "./store.ts";

/** What a reading is in words, where it is known, and where it opens. */
export async function recognise(ctx: PaletteCtx, reading: Reading, reach: Reach): Promise<Recognised[]> {
  switch (reading.kind) {
    case "key":
      return recogniseKey(ctx, reading, reach);
    case "cid":
      return [await recogniseCid(ctx, reading, reach)];
    case "cluster":
      return recogniseCluster(ctx, reading.id, reach);
    case "bucket":
      return recogniseBucket(ctx, reading, reach);
    case "height":
      return [await recogniseHeight(ctx, reading.height, reach)];
    case "person":
      return [recognisePerson(reading.email, reach)];
    case "page":
      return [recognisePage(reading)];
    default:
      return [recogniseAlone(reading, reach)];
  }
}

async function recogniseCluster({ db }: PaletteCtx, id: string, { networks }: Reach): Promise<Recognised[]> {
  const found = await findEntities(db, { kinds: ["cluster"], networks, id });
  if (found.length === 0)
    return [
      recognised({
        kind: "cluster",
        id,
        label: "Cluster id?",
        explanation: "20 bytes, as cluster ids are, but no network has this cluster.",
      }),
    ];
  return found.map((entity) => {
    const name = clusterName(id);
    const network = networkById(entity.network).name;
    const explanation = `${name === null ? "A cluster" : `${name}, a cluster`} on ${network}.`;
    return recognised({ kind: "cluster", id, label: "Cluster", explanation, href: entityHref(entity) });
  });
}

/** A number that is not said to be a bucket is one only where there is such a bucket. */
async function recogniseBucket(
  { db }: PaletteCtx,
  { bucket, isSaid }: { bucket: string; isSaid: boolean },
  { networks }: Reach,
): Promise<Recognised[]> {
  const found = await findEntities(db, { kinds: ["bucket"], networks, id: bucket });
  if (found.length > 0)
    return found.map((entity) =>
      recognised({
        kind: "bucket",
        id: bucket,
        label: "Bucket",
        explanation: `Bucket ${bucket} on ${networkById(entity.network).name}: ${entity.isGone ? "removed, " : ""}${entity.detail}.`,
        href: entityHref(entity),
      }),
    );
  const explanation = `No network that you may see has a bucket ${bucket}, as far as the indexers tell.`;
  return isSaid ? [recognised({ kind: "bucket", id: bucket, label: "Bucket id", explanation })] : [];
}

function recognisePerson(email: string, { seesPeople }: Reach): Recognised {
  const href = seesPeople ? `/settings/people?q=${encodeURIComponent(email)}` : null;
  const explanation = seesPeople
    ? "A person, if they have an account here."
    : "An e-mail address. Who has an account here is shown to admins only.";
  return recognised({ kind: "person", id: email, label: "E-mail", explanation, href });
}

function recognisePage({ href, network }: Extract<Reading, { kind: "page" }>): Recognised {
  const explanation = network === null ? "A page of this console." : `A page of this console on ${network}.`;
  return recognised({ kind: "page", id: href, label: "Page", explanation, href });
}

type Alone = Exclude<Reading, { kind: "key" | "cid" | "cluster" | "bucket" | "height" | "person" | "page" }>;

/** What the text itself says, without asking anybody. */
function recogniseAlone(reading: Alone, { asked }: Reach): Recognised {
  switch (reading.kind) {
    case "genesis":
      return recognised({
        kind: "block",
        id: reading.hex,
        label: "Genesis hash",
        explanation: `Block 0 of ${reading.network}: it proves which network a node or an indexer belongs to.`,
        href: `/${reading.network}`,
      });
    case "hash":
      return recognised({
        kind: reading.word,
        id: reading.hex,
        label: reading.word === "block" ? "Block hash" : "Extrinsic hash",
        explanation: `The chain pages of ${asked} look it up.`,
        href: `/${asked}/chain/${reading.word}s/${reading.hex}`,
      });
    case "extrinsic": {
      const id = `${reading.height}-${reading.index}`;
      return recognised({
        kind: "extrinsic",
        id,
        label: "Extrinsic",
        explanation: `Number ${reading.index} of block #${inThousands(reading.height)}.`,
        href: `/${asked}/chain/extrinsics/${id}`,
      });
    }
    case "era":
      return recognised({
        kind: "era",
        id: String(reading.era),
        label: "Era",
        explanation: `Era ${inThousands(reading.era)}. Staking eras last 24 h, and clusters count payment eras of their own.`,
        href: `/${asked}/chain/economics?era=${reading.era}`,
      });
    case "agent": {
      const id = `${reading.key}:${reading.alias}`;
      const version = reading.version === null ? "" : `, version ${reading.version}`;
      const explanation = `“${reading.alias}” of the agent service ${reading.key.slice(0, 8)}…${version}.`;
      return recognised({ kind: "agent", id, label: "Agent", explanation, href: `/agents/${id}` });
    }
    case "record": {
      const id = `${reading.topic}/${reading.partition}@${reading.offset}`;
      const explanation = `Offset ${inThousandsOf(reading.offset)} in partition ${reading.partition} of the topic ${reading.topic}.`;
      return recognised({
        kind: "record",
        id,
        label: "Kafka record",
        explanation,
        href: `/streams/topics/${id}`,
      });
    }
    case "alert":
      return recognised({
        kind: "alert",
        id: reading.id,
        label: "Alert",
        explanation: "An alert.",
        href: `/alerts/${reading.id}`,
      });
    case "incident":
      return recognised({
        kind: "incident",
        id: reading.id,
        label: "Incident",
        explanation: "An incident.",
        href: `/incidents/${reading.id}`,
      });
    case "foreign_cid":
      return recognised({
        kind: "foreign_cid",
        id: reading.text,
        label: "Content id of another system",
        explanation: `It is ${reading.what}. DDC names content by BLAKE3, so its nodes do not know it.`,
      });
    case "secret":
      return recognised({
        kind: "secret",
        id: "",
        label: "Secret",
        explanation: `It looks like ${reading.what}. It was not searched and is not kept. Whoever saw it can use it: revoke it if it was shown.`,
      });
    case "broken":
      return recogniseBroken(reading);
  }
}

const brokenLabels = {
  cid: "CID, damaged",
  account: "Account, damaged",
  hex: "Hex id, damaged",
  number: "Number too large",
  agent: "Agent id, damaged",
  record: "Kafka record, damaged",
} as const;

function recogniseBroken({
  what,
  text,
  at,
  length,
  reason,
}: Extract<Reading, { kind: "broken" }>): Recognised {
  const isWhole = at === 0 && length >= text.length;
  const place = isWhole || what === "number" ? "" : `Character ${inDigits(at + 1)}: `;
  return recognised({
    kind: "unreadable",
    id: text,
    label: brokenLabels[what],
    explanation: `${place}${reason}`,
    wrong: { at, length },
  });
}

/** Offsets are 64-bit: never a number. */
function inThousandsOf(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
