import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { type AgentSort, agentSorts } from "../../../server/features/agents/list-rules.ts";
import { versionStates } from "../../../server/features/agents/version-rules.ts";
import { formatSort, parseSort, type SortKey } from "../../_ui/table/sort.ts";
import { environmentNames } from "./parts/environment-names.ts";

/** The list goes one way by each: names upwards, the newest and the most first. */
export const sortDirections: Record<AgentSort, SortKey> = {
  alias: { id: "alias", isDescending: false },
  changed: { id: "changed", isDescending: true },
  versions: { id: "versions", isDescending: true },
};

const parseAsSort = createParser<AgentSort>({
  parse: (text) => sortOf(parseSort(text, agentSorts)),
  serialize: (sort) => formatSort([sortDirections[sort]]),
});

/** The last column that was pressed leads. */
export function sortOf(keys: readonly SortKey[]): AgentSort | null {
  return agentSorts.find((known) => known === keys.at(-1)?.id) ?? null;
}

export const agentsParsers = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(versionStates),
  in: parseAsStringLiteral(environmentNames),
  service: parseAsString,
  archived: parseAsBoolean.withDefault(false),
  sort: parseAsSort.withDefault("alias"),
};
export const loadAgentsParams = createLoader(agentsParsers);
export type AgentsFilter = inferParserType<typeof agentsParsers>;
export const noAgentsFilter = { q: null, state: null, in: null, service: null, archived: null };

/** The same input on the server and in the browser, so that what was prefetched is found. */
export function toAgentsInput({ q, state, in: runsIn, service, archived, sort }: AgentsFilter) {
  return {
    sort,
    archived: archived || state === "archived",
    limit: 50,
    ...(q.trim() && { text: q.trim() }),
    ...(state && { state }),
    ...(runsIn && { runsIn }),
    ...(service && { agentService: service }),
  };
}

/** The same filter as an export is asked for it. */
export function toAgentsExport(filter: AgentsFilter): Record<string, string> {
  const { limit: _, archived, ...input } = toAgentsInput(filter);
  return { ...input, archived: String(archived) };
}
