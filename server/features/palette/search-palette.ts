import { networkById, networkByName } from "../../kernel/networks.ts";
import { clusterName } from "../clusters/rules.ts";
import { publishedClusters } from "../registry/source-rules.ts";
import { entityHref } from "./entity-href.ts";
import { splitIdWord } from "./id-word.ts";
import { type PaletteCtx, type Reach, reachOf } from "./reach.ts";
import { readIdentifier, searchWords } from "./read-identifier.ts";
import type { Reading } from "./reading.ts";
import { recognise } from "./recognise.ts";
import { entityKinds, type PaletteAnswer, type PaletteHit, type PaletteInput } from "./schema.ts";
import { type FoundEntity, findEntities, searchEntities } from "./store.ts";

const shownHits = 20;

/** What a text is and where that is known; unless it is an id for sure, also what carries it in a name or id. */
export async function searchPalette(
  ctx: PaletteCtx,
  { network, text }: PaletteInput,
): Promise<PaletteAnswer> {
  const readings = readIdentifier(text.replaceAll("\0", ""));
  const reach = reachOf(ctx, network);
  const recognised = (await Promise.all(readings.map((reading) => recognise(ctx, reading, reach)))).flat();
  if (readings.some(isCertain)) return { recognised, hits: [], hasMore: false };
  const found = await findByName(ctx, text, reach);
  const hits = found.slice(0, shownHits).map(toHit);
  return { recognised, hits, hasMore: found.length > shownHits };
}

async function findByName(ctx: PaletteCtx, text: string, reach: Reach): Promise<FoundEntity[]> {
  const said = splitIdWord(text.trim());
  const word = entityKinds.find((kind) => kind === said?.word);
  const all = searchWords(text);
  const words = word && all.length > 1 ? all.slice(1) : all;
  if (words.length === 0) return [];
  const asked = word && all.length > 1 ? [word] : [...entityKinds, ...laterKinds];
  const kinds = asked.filter((kind) => kind !== "person" || reach.seesPeople);
  const within = [0, ...reach.networks];
  const network = networkByName(reach.asked).id;
  const found = await searchEntities(ctx.db, {
    network,
    networks: within,
    kinds,
    words,
    limit: shownHits + 1,
  });
  const published = kinds.includes("cluster") ? await findPublished(ctx, words, reach) : [];
  return [...published, ...found];
}

/** Kinds that other areas write into the index; shown when there are any. */
const laterKinds = ["agent"];

/** Clusters carry no name on the chain; the names that Cere publishes are found all the same. */
async function findPublished(
  ctx: PaletteCtx,
  words: readonly string[],
  reach: Reach,
): Promise<FoundEntity[]> {
  const meant = Object.values(publishedClusters).filter((id) =>
    words.every((word) => clusterName(id)?.toLowerCase().includes(word)),
  );
  const query = { kinds: ["cluster"], networks: reach.networks };
  return (await Promise.all(meant.map((id) => findEntities(ctx.db, { ...query, id })))).flat();
}

/** A bare number may be part of a name as well, and what is damaged may be a name after all. */
function isCertain(reading: Reading): boolean {
  if (reading.kind === "bucket") return reading.isSaid;
  return reading.kind !== "height" && reading.kind !== "broken";
}

function toHit(found: FoundEntity): PaletteHit {
  const { kind, id, name, detail, isGone } = found;
  const network = found.network === 0 ? null : networkById(found.network).name;
  const title =
    kind === "cluster" ? (clusterName(id) ?? shorten(id)) : kind === "bucket" ? `Bucket ${name}` : name;
  return {
    kind,
    id,
    title: kind === "account" ? shorten(name) : title,
    detail: detail || shorten(id),
    network,
    isGone,
    href: entityHref(found),
  };
}

function shorten(id: string): string {
  return id.length > 14 ? `${id.slice(0, 6)}…${id.slice(-4)}` : id;
}
