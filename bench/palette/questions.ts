import type { Known } from "./fill-entities.ts";

/** What people ask: words as they are typed, letter by letter, and ids as they are pasted. */
export function questions({ nodeKeys, owners, agents }: Known): string[] {
  const typed = [
    "fsn1-s0",
    "summarizer",
    "transcript summarizer",
    "video-parser",
    "eu-central s1",
    "northbeam",
    "27327",
    "bucket 123",
    "agent invoice",
    "dragon",
    "nothing of the kind",
  ].flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
  const pasted = [
    ...nodeKeys,
    ...owners,
    ...agents,
    ...owners.map((owner) => owner.slice(0, 12)),
    ...nodeKeys.map((key) => key.slice(10, 22)),
    "#24,817,344",
    "bucket #12",
    "baebb4ide2ma4fvzr35kkgaqlnh5lgeojwsyhp4n4k7jc2qgsdizcariizm",
    "baebb4ide2ma4fvzr35kkgaqlnh5lgeojwsyhp4n4k7jc2qgsdizcariiz",
    `0x${"12".repeat(32)}`,
    "%%%",
    "ines@northbeam.example",
  ];
  return [...typed, ...pasted];
}
