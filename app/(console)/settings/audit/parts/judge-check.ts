import type { EntryCheck } from "../../../../../server/features/audit/schema.ts";

export type CheckedEntry = { isSound: boolean; words: string; detail: string };

/** What the server found, against what this browser makes of the same text. */
export async function judgeCheck(check: EntryCheck): Promise<CheckedEntry> {
  if (check.kind === "unsealed")
    return { isSound: true, words: "Not sealed yet.", detail: "It gets its hash within a second or so." };
  const here = await hashHere(check.text);
  if (check.computed !== check.hash || (here !== null && here !== check.hash))
    return {
      isSound: false,
      words: "The entry does not give the hash that the chain keeps.",
      detail: `Kept ${check.hash}, now ${here ?? check.computed}.`,
    };
  if (!check.follows)
    return {
      isSound: false,
      words: "The entry gives its hash, but its link does not follow from the one before.",
      detail: `Link ${check.seq} names another hash than link ${Number(check.seq) - 1} has.`,
    };
  const who = here === null ? "The server gets" : "The server and this browser get";
  return {
    isSound: true,
    words: `${who} the hash that the chain keeps.`,
    detail: "It says nothing of other entries: “Verify now” walks along all of them.",
  };
}

/** SHA-256 as hex; null where the browser hashes nothing, because the page came without TLS. */
async function hashHere(text: string): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
