import { parseAsString, parseAsStringLiteral } from "nuqs";
import { knownWays } from "../../../../../../server/features/inventory/list-rules.ts";

/** What of the bucket's objects is shown; the time range is the page's own, as everywhere. */
export const bucketParsers = {
  view: parseAsStringLiteral(["tree", "flat"]).withDefault("flat"),
  order: parseAsStringLiteral(["newest", "oldest"]).withDefault("newest"),
  known: parseAsStringLiteral(knownWays),
  q: parseAsString.withDefault(""),
};
