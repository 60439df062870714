import { join } from "node:path";
import { sendCommand } from "../../localnet/faults/control-client.ts";
import { stackDirectory } from "./stack-facts.ts";

/** What `npm run localnet -- …` sends to the network of this run; its answer, line by line. */
export async function localnet(...words: readonly string[]): Promise<readonly string[]> {
  const { ok, lines } = await sendCommand(join(stackDirectory, "network", "control.json"), words);
  if (!ok) throw new Error(`localnet ${words.join(" ")}: ${lines.join(" ")}`);
  return lines;
}
