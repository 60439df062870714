import { type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { replayVerdicts } from "../../../../../server/features/replays/compare-rules.ts";
import { environmentParsers } from "../parts/place-params.ts";

export const replayParsers = {
  ...environmentParsers,
  /** The replay that is shown; null = the newest there. */
  id: parseAsString,
  verdict: parseAsStringLiteral(replayVerdicts),
  /** Only events whose outputs differ there. */
  path: parseAsString,
  /** Only events for which the candidate fails so. */
  error: parseAsString,
  /** The event that is open beside the list. */
  event: parseAsInteger,
  /** What a link proposes to compare. */
  stable: parseAsString,
  candidate: parseAsString,
};
export type ReplayParams = inferParserType<typeof replayParsers>;
export type ReplayFilter = Pick<ReplayParams, "verdict" | "path" | "error">;
export type ReplayChange = Partial<{ [Name in keyof ReplayParams]: ReplayParams[Name] | null }>;
export const noReplayFilter = { verdict: null, path: null, error: null } satisfies ReplayChange;

type Of = { agentId: string; id: string };

/** The filter as the list of events is asked for it; without one, whatever is worth a look. */
export function toEventsInput(of: Of, { verdict, path, error }: ReplayFilter) {
  return {
    ...of,
    ...(verdict && { verdicts: [verdict] }),
    ...(path !== null && { path }),
    ...(error !== null && { error }),
  };
}

/** The same filter as an export is asked for it. */
export function toReplayExport(of: Of, { verdict, path, error }: ReplayFilter): Record<string, string> {
  return {
    ...of,
    ...(verdict && { verdicts: verdict }),
    ...(path !== null && { path }),
    ...(error !== null && { error }),
  };
}
