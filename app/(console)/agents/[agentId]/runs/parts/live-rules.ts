import type { LiveSpan } from "../../../../../../server/features/runs/schema.ts";

type Range = { from: string; to: string };

/** Where a time in force stands in a track, in percent of its width; what reaches beyond is cut there. */
export function placeOfSpan(
  { from, until }: Pick<LiveSpan, "from" | "until">,
  range: Range,
): { left: number; width: number } {
  const start = Date.parse(range.from);
  const whole = Date.parse(range.to) - start;
  if (!(whole > 0)) return { left: 0, width: 0 };
  const at = (text: string) => ((Date.parse(text) - start) / whole) * 100;
  const left = Math.max(0, at(from));
  const right = until === null ? 100 : Math.min(100, at(until));
  return { left, width: Math.max(0, right - left) };
}

/** "2.3.1 75 %, 2.4.0 25 %; some get 2.5.0" */
export function shareWords({ shares, targeted }: Pick<LiveSpan, "shares" | "targeted">): string {
  if (shares.length === 0 && targeted.length === 0) return "nothing";
  const parts = shares.map(
    ({ semver, cid, percent }) => `${semver ?? cid} ${Math.round(percent * 10) / 10} %`,
  );
  const some = targeted.map(({ semver, cid }) => semver ?? cid).join(", ");
  return [parts.join(", "), ...(some ? [`some get ${some}`] : [])].filter(Boolean).join("; ");
}
