"use client";

import { Command } from "cmdk";
import type { PaletteAnswer, PaletteHit } from "../../../server/features/palette/schema.ts";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { toShownError } from "../../_client/shown-error.ts";
import { shorten } from "../../_ui/format/shorten.ts";
import { Glyph } from "../../_ui/glyph.tsx";
import { hasPage } from "../pages.ts";
import { iconOf } from "./kind-icons.ts";
import { PaletteItem } from "./palette-item.tsx";
import { RecognisedItems } from "./recognised-items.tsx";
import { usePaletteSearch } from "./use-palette-search.ts";

type FoundItemsProps = { network: NetworkName; text: string; onDone: () => void };

/** What the server makes of the text: first what it is, then what carries it in its name. */
export function FoundItems({ network, text, onDone }: FoundItemsProps) {
  const { search, secret } = usePaletteSearch(network, text);
  if (text.trim() === "") return null;
  if (secret !== null) return <Withheld what={secret} />;
  if (search.isError) return <Failed words={toShownError(search.error).message} />;
  if (!search.data) return <Command.Loading>Looking…</Command.Loading>;
  const { recognised, hits } = search.data;
  if (recognised.length === 0 && hits.length === 0) return <Nothing text={text.trim()} network={network} />;
  return (
    <>
      {recognised.map((found) => (
        <RecognisedItems key={`${found.kind} ${found.id} ${found.href}`} found={found} onDone={onDone} />
      ))}
      <Hits answer={search.data} network={network} onDone={onDone} />
    </>
  );
}

type HitsProps = { answer: PaletteAnswer; network: NetworkName; onDone: () => void };

function Hits({ answer: { hits, hasMore }, network, onDone }: HitsProps) {
  const shown = hits.filter(({ href }) => hasPage(href));
  if (shown.length === 0) return null;
  const heading = hasMore ? "Found, and more: another word tells them apart" : "Found";
  return (
    <Command.Group heading={<span className="menu-h block">{heading}</span>}>
      {shown.map((hit) => (
        <PaletteItem
          key={`${hit.kind} ${hit.network} ${hit.id}`}
          id={`${hit.kind} ${hit.network} ${hit.id}`}
          icon={iconOf(hit.kind)}
          end={endOf(hit, network)}
          href={hit.href}
          mark={{ kind: hit.kind, label: hit.title, detail: endOf(hit, network) }}
          onDone={onDone}
        >
          {hit.title}
        </PaletteItem>
      ))}
    </Command.Group>
  );
}

function endOf({ detail, network: of, isGone }: PaletteHit, network: NetworkName): string {
  return [of === null || of === network ? null : of, isGone ? "gone" : null, detail]
    .filter(Boolean)
    .join(", ");
}

function Withheld({ what }: { what: string }) {
  return (
    <p className="palette-note" role="alert">
      <Glyph tone="warn" /> This looks like {what}. It was not sent, searched or kept. Clear the field; if
      anybody else saw it, replace it.
    </p>
  );
}

function Failed({ words }: { words: string }) {
  return (
    <p className="palette-note" role="alert">
      <Glyph tone="crit" /> {words}
    </p>
  );
}

function Nothing({ text, network }: { text: string; network: string }) {
  return (
    <p className="palette-note" role="status">
      “{shorten(text, 24, 8)}” is no id that is known here, and nothing on {network} has it as its name, key,
      host or account.
    </p>
  );
}
