import type { SavedViewRow } from "../../../server/features/views/schema.ts";
import type { Place } from "../place.ts";

/** The page of an address as views know it: its path without network. */
export function pageOf({ section, rest }: Pick<Place, "section" | "rest">): string {
  return [section, ...rest].join("/").toLowerCase();
}

/** A page about one thing has no list to keep a view of. */
export function canHaveViews(page: string): boolean {
  return /^[a-z0-9/_-]{0,200}$/.test(page) && !/0x[0-9a-f]{40}/.test(page);
}

/** What follows the question mark, without what belongs to one look only: an open peek, an open tab of a dialog. */
export function queryToKeep(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of ["peek", "entry", "person"]) params.delete(name);
  params.sort();
  return params.toString();
}

/** Of this page, one's own first. */
export function viewsOf(views: readonly SavedViewRow[], page: string): SavedViewRow[] {
  return views
    .filter((view) => view.page === page)
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || a.name.localeCompare(b.name, "en"));
}

/** The query of the person's default view of a page; "" without one. */
export function defaultQuery(views: readonly SavedViewRow[], page: string): string {
  return views.find((view) => view.page === page && view.isDefault)?.query ?? "";
}
