import { randomBytes, randomUUID } from "node:crypto";
import type { AgentEvent } from "../../server/features/deployments/desired-state-schema.ts";
import { objectCid } from "../content/bucket-objects.ts";
import { textOf } from "../content/content-id.ts";

/** So many vaults that weights show in any minute. */
export const vaultCount = 50_000;
const scopes = ["default", "default", "default", "acme-legal", "pilot"];
const recordings = 40;
const words = "minutes of the meeting were taken and sent to everybody who asked for them by noon".split(" ");

/** One event for an agent's service, from one of many vaults. */
export function anEvent(agentService: string, eventType: string): AgentEvent {
  const vault = Math.floor(Math.random() * vaultCount);
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    event_type: eventType,
    context_path: {
      agent_service: agentService,
      workspace: scopes[vault % scopes.length] ?? "default",
      stream: "live",
    },
    payload: {
      text: words.slice(vault % 8).join(" "),
      minutes: 5 + (vault % 55),
      speakers: 1 + (vault % 6),
      ...(eventType.startsWith("meeting.") && { recording: recordingOf(vault) }),
    },
    account_id: vaultId(vault),
    app_id: agentService,
    signature: `0x${randomBytes(64).toString("hex")}`,
  };
}

/** 32 bytes as an account has, from its number. */
export function vaultId(number: number): string {
  return `0x${number.toString(16).padStart(8, "0").repeat(8)}`;
}

/** A piece that nodes of the local network serve: bucket 1 is public. */
function recordingOf(vault: number) {
  return { network: "mainnet", bucket: "1", cid: textOf(objectCid("mainnet", 1, vault % recordings)) };
}
