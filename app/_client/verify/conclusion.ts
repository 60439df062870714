import { formatNumber } from "../../_ui/format/number.ts";
import type { BlockReceipt, VerifyJob, VerifyProgress } from "./verify-protocol.ts";

export type Conclusion = { tone: "info" | "warn" | "crit"; title: string; text: string };

/** What a verification that ended or was paused says, in two sentences. Null while it runs. */
export function conclusionOf(
  progress: VerifyProgress,
  others: readonly BlockReceipt[],
  scope: VerifyJob["scope"],
): Conclusion | null {
  const { state, counts, judged, known } = progress;
  if (state === "running") return null;
  const left = known - judged;
  const unread = left > 0 ? ` ${inBlocks(left)} known and unread.` : "";
  if (counts.mismatch > 0) return wrong(progress, others, unread);
  if (state === "paused")
    return { tone: "info", title: "Paused.", text: `${inBlocks(counts.verified)} verified so far.${unread}` };
  const open = counts.unreachable + counts.unverifiable;
  if (open > 0)
    return {
      tone: "warn",
      title: scope === "block" ? "Not verified." : "Not all of it is verified.",
      text: `${counts.unreachable} unreachable, ${counts.unverifiable} that cannot be verified; nothing wrong among the other ${counts.verified}.`,
    };
  return {
    tone: "info",
    title: "Intact.",
    text:
      scope === "block"
        ? "The bytes hash to the CID."
        : `All ${inBlocks(counts.verified)} hash to the CIDs that name them.`,
  };
}

function wrong({ counts }: VerifyProgress, others: readonly BlockReceipt[], unread: string): Conclusion {
  const nodes = new Set(
    others.flatMap(({ verdict, node, nodeName }) =>
      verdict === "mismatch" ? [nodeName ?? node ?? "?"] : [],
    ),
  );
  const from = nodes.size === 1 ? ` from ${[...nodes][0]}` : "";
  const what = counts.mismatch === 1 ? "One block came wrong" : `${counts.mismatch} blocks came wrong`;
  const rest =
    counts.verified > 0
      ? " The verified ones stay verified: a wrong leaf does not change its parents’ hashes."
      : "";
  return { tone: "crit", title: "Not intact as served.", text: `${what}${from}.${unread}${rest}` };
}

function inBlocks(count: number): string {
  return count === 1 ? "1 block" : `${formatNumber(count)} blocks`;
}
