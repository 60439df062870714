import type { Environment } from "../../parts/use-place-of-agent.ts";

/** The same input on the server and in the browser, so that what was prefetched is found. */
export function earlierInput(place: { agentId: string; environment: Environment }) {
  return { ...place, limit: 20 };
}
