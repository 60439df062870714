import { notFound } from "next/navigation";
import { agentIdSchema } from "../../../../server/features/agents/schema.ts";

/** From the address; what is no id of an agent is no page. For server components. */
export async function readAgentId(params: Promise<{ agentId: string }>): Promise<string> {
  const { agentId } = await params;
  const id = agentIdSchema.safeParse(decodeURIComponent(agentId));
  return id.success ? id.data : notFound();
}
