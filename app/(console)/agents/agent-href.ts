/** Where an agent stands: `/agents/<id>`, and its views below. */
export function agentHref(agentId: string, view = ""): string {
  return view === "" ? `/agents/${agentId}` : `/agents/${agentId}/${view}`;
}

export function versionHref({ agentId, cid }: { agentId: string; cid: string }): string {
  return agentHref(agentId, `versions/${cid}`);
}

/** Where a version is compared with the stable one on recorded events, before it gets any. */
export function replayHref(agentId: string, query: { candidate: string; env?: string }): string {
  return `${agentHref(agentId, "replay")}?${new URLSearchParams(query)}`;
}

/** An id is `<key of the agent service>:<alias>`; people know the alias. */
export function aliasOf(agentId: string): string {
  return agentId.slice(agentId.indexOf(":") + 1);
}

export function serviceOf(agentId: string): string {
  return agentId.slice(0, agentId.indexOf(":"));
}
