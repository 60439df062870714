import type { Recognised } from "./schema.ts";

type Said = Pick<Recognised, "kind" | "id" | "label" | "explanation"> & Partial<Recognised>;

/** Without a page, further links and wrong characters unless said otherwise. */
export function recognised(said: Said): Recognised {
  return { href: null, links: [], wrong: null, ...said };
}
