import { createLoader, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import { versionStates } from "../../../../../server/features/agents/version-rules.ts";

export const versionsParsers = { state: parseAsStringLiteral(versionStates) };
export const loadVersionsParams = createLoader(versionsParsers);

/** The same on the server and in the browser, so that what was prefetched is found. */
export function toVersionsInput(agentId: string, { state }: inferParserType<typeof versionsParsers>) {
  return { agentId, limit: 100, ...(state && { state }) };
}
