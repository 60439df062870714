"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { shorten } from "../_ui/format/shorten.ts";
import { useToldCrumb } from "./crumb-label.ts";
import { consolePages, pageHref } from "./pages.ts";
import { withTime } from "./place.ts";
import { usePlace } from "./use-place.ts";

export function Crumbs() {
  const place = usePlace();
  const search = useSearchParams();
  const told = useToldCrumb();
  const page = consolePages.find(({ section }) => section === place.section);
  const last = place.rest.at(0);
  if (!page) return null;
  return (
    <nav aria-label="Where you are" className="min-w-0">
      <ol className="crumbs">
        {last === undefined ? (
          <li>
            <span aria-current="page">{page.label}</span>
          </li>
        ) : (
          <>
            <li>
              <Link href={withTime(pageHref(place.network, page), search)}>{page.label}</Link>
            </li>
            <li>
              <span aria-current="page">{told ?? titleOf(last)}</span>
            </li>
          </>
        )}
      </ol>
    </nav>
  );
}

/** Ids are cut in the middle; words of an address become words of a page. */
function titleOf(segment: string): string {
  return segment.startsWith("0x") ? shorten(segment) : segment.charAt(0).toUpperCase() + segment.slice(1);
}
