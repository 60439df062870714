import type { Cid } from "../../kernel/cid/cid.ts";
import { AppError, type ErrorCode, notFound } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { ByteRange, ContentFailure, OpenContent } from "../../ports/content-store.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type ContentNode, getContentNode, listContentNodes } from "./content-nodes.ts";

export type OpenContentInput = {
  network: NetworkName;
  bucket: string;
  cid: Cid;
  /** Null = whoever of the cluster has it. */
  node: string | null;
  range: ByteRange | null;
  token: string | null;
  maxBytes: number;
};

/** So many nodes are asked, one after another, before it is said that nobody has it. */
const askedAtMost = 12;

/** The first answer of the nodes that may have it; a token that one refuses is refused by all. */
export async function openContent(
  ctx: Pick<Ctx, "db" | "deps">,
  input: OpenContentInput,
  signal: AbortSignal,
): Promise<{ node: ContentNode; opened: OpenContent }> {
  const { network, node: key } = input;
  const nodes =
    key === null ? await listContentNodes(ctx.db, input) : [await getContentNode(ctx.db, { network, key })];
  let last: { node: ContentNode; failure: ContentFailure } | null = null;
  for (const node of nodes.slice(0, askedAtMost)) {
    const opened = await ctx.deps.contentStore.open({ ...input, target: node.target }, signal);
    if (opened.kind === "open") return { node, opened };
    if (opened.why === "forbidden" || opened.why === "too_large") throw toError(node, opened);
    if (last === null || opened.why !== "not_found") last = { node, failure: opened };
  }
  throw last ? toError(last.node, last.failure) : notFound("node that could have", input.cid.text);
}

const codes: Readonly<Record<ContentFailure["why"], ErrorCode>> = {
  not_found: "not_found",
  forbidden: "forbidden",
  timeout: "timeout",
  refused: "upstream",
  blocked: "upstream",
  broken_off: "upstream",
  protocol: "upstream",
  unavailable: "upstream",
  too_large: "invalid",
};

function toError({ name }: ContentNode, { why, detail }: ContentFailure): AppError {
  return new AppError(codes[why], `${name}: ${detail}`, { why, node: name });
}
