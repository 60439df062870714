import { type inferParserType, parseAsFloat, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { runStatuses } from "../../../../../server/features/runs/run-rules.ts";
import { environmentParsers } from "../parts/place-params.ts";

export const filterParsers = {
  ...environmentParsers,
  status: parseAsStringLiteral(runStatuses),
  version: parseAsString,
  instance: parseAsString,
  vault: parseAsString,
  cid: parseAsString,
  /** Only what took so many milliseconds or more. */
  slow: parseAsFloat,
};
export const runsParsers = {
  ...filterParsers,
  /** The run that is open beside the list. */
  run: parseAsString,
  /** The moment that "live at" is about; null = the end of the page's time. */
  at: parseAsString,
};
export type RunsFilter = inferParserType<typeof filterParsers>;
export type RunsChange = Partial<{ [Name in keyof RunsFilter]: RunsFilter[Name] | null }>;
export const noRunsFilter = {
  status: null,
  version: null,
  instance: null,
  vault: null,
  cid: null,
  slow: null,
};

type Range = { from: string; to: string };

/** The same input on the server and in the browser, so that what was prefetched is found. */
export function toRunsInput(agentId: string, params: RunsFilter, { from, to }: Range) {
  const { env: environment, status, version, instance, vault, cid, slow } = params;
  return {
    agentId,
    environment,
    from,
    to,
    ...(status && { status }),
    ...(version && { version }),
    ...(instance && { instance }),
    ...(vault && { vaultId: vault }),
    ...(cid && { cid }),
    ...(slow !== null && { slowerThanMs: slow }),
  };
}
export type RunsInput = ReturnType<typeof toRunsInput>;

/** The same filter as an export is asked for it. */
export function toRunsExport(input: RunsInput): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));
}
