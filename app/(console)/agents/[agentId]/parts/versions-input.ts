/** As many as the overview shows. */
export function newestVersions(agentId: string) {
  return { agentId, limit: 8 };
}
