"use client";

import { Command } from "cmdk";
import ArrowUpRight from "lucide-react/icons/arrow-up-right";
import type { Recognised } from "../../../server/features/palette/schema.ts";
import { shorten } from "../../_ui/format/shorten.ts";
import { Glyph } from "../../_ui/glyph.tsx";
import { hasPage } from "../pages.ts";
import { iconOf } from "./kind-icons.ts";
import { PaletteItem } from "./palette-item.tsx";

/** One reading of the text: what it is, where it opens and what else is about it; or why it does not open. */
export function RecognisedItems({ found, onDone }: { found: Recognised; onDone: () => void }) {
  const { kind, id, label, explanation, links } = found;
  const href = found.href !== null && hasPage(found.href) ? found.href : null;
  const others = links.filter((link) => hasPage(link.href));
  const mark = {
    kind,
    label: kind === "page" ? id : (label.split(",")[0] ?? label),
    detail: shorten(id, 14, 6),
  };
  return (
    <Command.Group heading={<span className="menu-h block">Recognised: {label}</span>}>
      {href !== null && (
        <PaletteItem
          id={`is ${kind} ${href}`}
          icon={iconOf(kind)}
          end={explanation}
          href={href}
          mark={mark}
          onDone={onDone}
        >
          Open <span className="mono">{shorten(id, 14, 6)}</span>
        </PaletteItem>
      )}
      {href === null && <Note found={found} />}
      {others.map((link) => (
        <PaletteItem
          key={link.href}
          id={`link ${link.href}`}
          icon={ArrowUpRight}
          href={link.href}
          mark={{ ...mark, label: link.label }}
          onDone={onDone}
        >
          {link.label}
        </PaletteItem>
      ))}
    </Command.Group>
  );
}

function Note({ found: { id, explanation, href, wrong } }: { found: Recognised }) {
  return (
    <div className="palette-note" role="status">
      {wrong && <Wrong text={id} {...wrong} />}
      <p>
        {wrong && <Glyph tone="warn" />} {explanation}
        {href !== null && " This console has no page for it."}
      </p>
    </div>
  );
}

/** The text with its wrong characters marked; a caret stands where some are missing. */
function Wrong({ text, at, length }: { text: string; at: number; length: number }) {
  return (
    <p className="palette-wrong mono">
      {text.slice(0, at)}
      {length > 0 ? <mark>{text.slice(at, at + length)}</mark> : <mark data-missing="true"> </mark>}
      {text.slice(at + length)}
    </p>
  );
}
