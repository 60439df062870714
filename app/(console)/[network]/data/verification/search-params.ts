import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { verdictKinds } from "../../../../../server/features/verification/verification-rules.ts";
import { findCid } from "../../../../../server/kernel/cid/parse-cid.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";

export const verificationParsers = {
  verdict: parseAsStringLiteral(verdictKinds),
  /** Key of the node. */
  node: parseAsString.withDefault(""),
  cid: parseAsString.withDefault(""),
};
export type VerificationParams = inferParserType<typeof verificationParsers>;

/** What is no CID or node key yet filters nothing: somebody is still typing. */
export function toListInput(network: NetworkName, { verdict, node, cid }: VerificationParams) {
  return {
    network,
    verdict,
    node: /^0x[0-9a-f]{64}$/.test(node) ? node : null,
    cid: findCid(cid)?.text ?? null,
  };
}
