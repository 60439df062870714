import { blake3 } from "@noble/hashes/blake3.js";
import { filesOf, readyAgents } from "../localnet/agents/ready-made.ts";
import { versionNodeOf } from "../server/features/agents/upload-rules.ts";
import { cidOf } from "../server/kernel/cid/cid.ts";

const [first] = readyAgents;
const newest = first?.versions.at(-1);
if (!first || !newest) throw new Error("The local network has no ready-made agent.");

/** One that the local network has from its start. */
export const knownAgent = {
  id: `${first.agentService}:transcript-summarizer`,
  alias: "transcript-summarizer",
  newest: versionNodeOf(
    filesOf(newest).map(({ name, bytes }) => ({
      name,
      bytes: bytes.length,
      cid: cidOf("raw-piece", blake3(bytes)),
    })),
    blake3,
  ).cid.text,
};
