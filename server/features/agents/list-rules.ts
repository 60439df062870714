/** What the list of agents can be in the order of. Browser-safe. */
export const agentSorts = ["alias", "changed", "versions"] as const;
export type AgentSort = (typeof agentSorts)[number];
