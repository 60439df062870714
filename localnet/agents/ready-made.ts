import { createHash } from "node:crypto";

export type ReadyVersion = { manifest: object; bundle: string; note: string };
export type ReadyAgent = {
  agentService: string;
  /** Oldest first. */
  versions: readonly ReadyVersion[];
  /** Which of the versions (by index) each environment runs. */
  runs: Partial<Record<"dev" | "staging" | "prod", number>>;
};

const acme = serviceKey("Acme Media");
const kite = serviceKey("Kite Pay");

const asItReads = `  console.info("read", notes.length, "notes of", words.length, "words");
  if (words.length < 12) console.warn("few words: the answer may be thin");
`;

/** Agents that a local network has from the start. The runtime executes them on the events that it makes. */
export const readyAgents: readonly ReadyAgent[] = [
  {
    agentService: acme,
    versions: [
      summarizer({ version: "2.3.0", maxWords: 12, note: "First with a limit of words" }),
      summarizer({ version: "2.3.1", maxWords: 16, note: "Longer summaries" }),
      summarizer({ version: "2.4.0", maxWords: 16, speakers: true, note: "Counts who spoke" }),
      stamper("2.4.1"),
    ],
    runs: { dev: 3, staging: 3, prod: 1 },
  },
  {
    agentService: acme,
    versions: [
      askVault({ version: "2.1.0", note: "Answers from the newest notes" }),
      askVault({ version: "2.2.0", note: "Fewer empty answers" }),
      askVault({ version: "2.3.0", note: "Says what it read", isTalkative: true }),
    ],
    runs: { dev: 2, prod: 1 },
  },
  {
    agentService: kite,
    versions: [scorer("7.2.9", 0.004), scorer("7.3.0", 0.001)],
    runs: { dev: 1, staging: 1, prod: 0 },
  },
];

/** The files of a version as they are uploaded. */
export function filesOf({ bundle, manifest }: ReadyVersion): { name: string; bytes: Buffer<ArrayBuffer> }[] {
  return [
    { name: "bundle.js", bytes: Buffer.from(bundle) },
    { name: "manifest.json", bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
  ];
}

/** 64 hex digits, the same every time. */
function serviceKey(name: string): string {
  return createHash("sha256").update(`local agent service ${name}`).digest("hex");
}

type SummarizerParts = { version: string; maxWords: number; speakers?: boolean; note: string };

function summarizer({ version, maxWords, speakers, note }: SummarizerParts): ReadyVersion {
  return {
    note,
    manifest: {
      alias: "transcript-summarizer",
      version,
      title: "Transcript summarizer",
      description: "Sums up a meeting when it ends",
      requiredScopes: ["default"],
      idleTimeout: speakers ? 300 : 120,
      engagements: [{ id: "summarize", event: "meeting.ended", handler: "onMeetingEnded" }],
      handlers: { onMeetingEnded: { timeout: 5, memoryMiB: 32 } },
      params: {
        maxWords: {
          type: "integer",
          default: maxWords,
          minimum: 4,
          maximum: 200,
          title: "Words of a summary",
        },
      },
      settings: {
        tone: { type: "string", default: "plain", enum: ["plain", "formal"], title: "Tone" },
      },
      cubbies: [{ id: "summaries", migrations: speakers ? 3 : 2 }],
    },
    bundle: `const sentences = (text) => text.split(" ").filter((word) => word.length > 0);

export function onMeetingEnded(event) {
  const { text, minutes${speakers ? ", speakers" : ""} } = event.payload;
  const words = sentences(text).slice(0, event.params.maxWords);
  return { summary: words.join(" "), words: words.length, minutes${speakers ? ", speakers" : ""} };
}
`,
  };
}

/** Has what hot configuration is for: a choice, a list, a switch, and a key that nobody reads back. */
function stamper(version: string): ReadyVersion {
  return {
    note: "Stamps what it writes",
    manifest: {
      alias: "transcript-summarizer",
      version,
      title: "Transcript summarizer",
      description: "Sums up a meeting when it ends",
      idleTimeout: 300,
      engagements: [{ id: "summarize", event: "meeting.ended", handler: "onMeetingEnded" }],
      handlers: { onMeetingEnded: { timeout: 5, memoryMiB: 32 } },
      params: {
        maxWords: { type: "integer", default: 16, minimum: 4, maximum: 200, title: "Words of a summary" },
      },
      settings: {
        tone: { type: "string", default: "plain", enum: ["plain", "formal"], title: "Tone" },
        minMinutes: {
          type: "integer",
          default: 0,
          minimum: 0,
          maximum: 240,
          unit: "min",
          title: "Shorter meetings are not summed up",
        },
        leaveOut: {
          type: "set",
          enum: ["minutes", "speakers"],
          default: [],
          title: "Left out of what it writes",
        },
        isShouted: { type: "boolean", default: false, title: "In capital letters" },
        STAMP_KEY: { type: "secret", title: "Stamps summaries, so that others know whose they are" },
      },
      cubbies: [{ id: "summaries", migrations: 3 }],
    },
    bundle: `const opening = { plain: "", formal: "Summary: " };

function stampOf(text, key) {
  let hash = 0;
  for (const letter of key + text) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

export function onMeetingEnded(event) {
  const { text, minutes, speakers } = event.payload;
  const { tone, minMinutes, leaveOut, isShouted } = event.settings;
  if (minutes < minMinutes) return null;
  const words = text.split(" ").slice(0, event.params.maxWords);
  const said = opening[tone] + words.join(" ");
  const summary = isShouted ? said.toUpperCase() : said;
  const written = { summary, words: words.length, minutes, speakers };
  for (const name of leaveOut) delete written[name];
  const key = event.secrets.STAMP_KEY;
  return key === undefined ? written : { ...written, stamp: stampOf(summary, key) };
}
`,
  };
}

type AskVaultParts = { version: string; note: string; isTalkative?: boolean };

function askVault({ version, note, isTalkative }: AskVaultParts): ReadyVersion {
  return {
    note,
    manifest: {
      alias: "ask-vault",
      version,
      title: "Ask the vault",
      description: "Finds the answer to a question in a vault's notes",
      engagements: [{ id: "answer", event: "question.asked", handler: "onQuestion" }],
      handlers: { onQuestion: { timeout: 2, memoryMiB: 32 } },
      params: {
        maxNotes: { type: "integer", default: 8, minimum: 1, maximum: 50, title: "Notes that are read" },
      },
    },
    bundle: `// ${version}
export async function onQuestion(event) {
  const words = event.payload.text.split(" ");
  const notes = Array.from({ length: event.params.maxNotes }, (_, at) => words.slice(at, at + 4).join(" "));
  const best = notes.reduce((one, other) => (other.length > one.length ? other : one), "");
${isTalkative ? asItReads : ""}  return { answer: best, notes: notes.length };
}
`,
  };
}

/** Some events have an amount that it cannot read: it throws for that share of them. */
function scorer(version: string, unreadable: number): ReadyVersion {
  return {
    note: unreadable < 0.002 ? "Reads amounts with a comma" : "",
    manifest: {
      alias: "fraud-scorer",
      version,
      title: "Fraud scorer",
      description: "Scores payments before they are settled",
      engagements: [{ id: "score", event: "payment.requested", handler: "onPayment" }],
      handlers: { onPayment: { timeout: 1, memoryMiB: 16 } },
      params: {
        threshold: { type: "number", default: 0.8, minimum: 0, maximum: 1, title: "Refused from" },
      },
    },
    bundle: `const unreadable = ${unreadable};

function shareOf(id) {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return hash / 2 ** 32;
}

export function onPayment(event) {
  const share = shareOf(event.id);
  if (share < unreadable) throw new RangeError("The amount of " + event.id + " cannot be read.");
  return { score: Math.round(share * 1000) / 1000, isRefused: share > event.params.threshold };
}
`,
  };
}
