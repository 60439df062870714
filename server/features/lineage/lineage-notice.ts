import type { Notice } from "../../kernel/notice.ts";

/** What changed is a graph: pages ask for what they show. */
export function lineageNotice(network: number, at: Date): Notice {
  return { topic: "lineage", network, ids: "all", at: at.getTime() };
}
