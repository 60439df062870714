"use client";

import { Command } from "cmdk";
import Boxes from "lucide-react/icons/boxes";
import Fingerprint from "lucide-react/icons/fingerprint-pattern";
import Server from "lucide-react/icons/server";
import type { PaletteHit } from "../../../server/features/palette/schema.ts";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { toShownError } from "../../_client/shown-error.ts";
import { shorten } from "../../_ui/format/shorten.ts";
import { Glyph } from "../../_ui/glyph.tsx";
import type { IconType } from "../../_ui/icon.tsx";
import { PaletteItem } from "./palette-item.tsx";
import { usePaletteSearch } from "./use-palette-search.ts";

const icons: Record<PaletteHit["kind"], IconType> = { node: Server, cluster: Boxes };

type FoundItemsProps = { network: NetworkName; text: string; onDone: () => void };

/** What the server makes of the text: first what it is, then what carries it in its name. */
export function FoundItems({ network, text, onDone }: FoundItemsProps) {
  const search = usePaletteSearch(network, text);
  if (text.trim() === "") return null;
  if (search.isError) return <Failed words={toShownError(search.error).message} />;
  if (!search.data) return <Command.Loading>Looking…</Command.Loading>;
  const { recognised, hits, more } = search.data;
  if (recognised.length === 0 && hits.length === 0) return <Nothing text={text.trim()} network={network} />;
  return (
    <>
      {recognised.map((found) => (
        <Command.Group key={`${found.kind} ${found.id}`} heading={<Head>Recognised: {found.label}</Head>}>
          {found.href === null ? (
            <p className="palette-note">{found.explanation}</p>
          ) : (
            <PaletteItem
              id={`is ${found.kind}`}
              icon={Fingerprint}
              end={found.explanation}
              href={found.href}
              onDone={onDone}
            >
              Open <span className="mono">{shorten(found.id, 14, 6)}</span>
            </PaletteItem>
          )}
        </Command.Group>
      ))}
      {hits.length > 0 && (
        <Command.Group heading={<Head>Found{more ? `, ${more} more` : ""}</Head>}>
          {hits.map((hit) => (
            <PaletteItem
              key={`${hit.kind} ${hit.network} ${hit.id}`}
              id={`${hit.kind} ${hit.network} ${hit.id}`}
              icon={icons[hit.kind]}
              end={hit.network === network ? hit.detail : `${hit.network}, ${hit.detail}`}
              href={hit.href}
              onDone={onDone}
            >
              {hit.title}
            </PaletteItem>
          ))}
        </Command.Group>
      )}
    </>
  );
}

function Head({ children }: { children: React.ReactNode }) {
  return <span className="menu-h block">{children}</span>;
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
      Nothing on {network} has “{shorten(text, 24, 8)}” as its name, key, host or account.
    </p>
  );
}
