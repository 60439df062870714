import type { IdWord } from "./reading.ts";

const meanings: Readonly<Record<string, IdWord>> = {
  account: "account",
  accounts: "account",
  address: "account",
  ss58: "account",
  owner: "account",
  provider: "account",
  agent: "agent",
  agents: "agent",
  alert: "alert",
  alerts: "alert",
  block: "block",
  blocks: "block",
  height: "block",
  bucket: "bucket",
  buckets: "bucket",
  bucketid: "bucket",
  cid: "cid",
  cids: "cid",
  content: "cid",
  piece: "cid",
  cluster: "cluster",
  clusters: "cluster",
  era: "era",
  event: "extrinsic",
  events: "extrinsic",
  extrinsic: "extrinsic",
  extrinsics: "extrinsic",
  tx: "extrinsic",
  txn: "extrinsic",
  transaction: "extrinsic",
  incident: "incident",
  incidents: "incident",
  node: "node",
  nodes: "node",
  mail: "person",
  mailto: "person",
  email: "person",
  person: "person",
  user: "person",
  offset: "record",
  record: "record",
  topic: "record",
};

/** What may stand between the word and its id. */
const said =
  /^([a-z][a-z0-9]{1,11}|e-mail)(?:[ _-]?(?:id|ids|key|hash|height|number|no|nr)\b)?[\s"'`.:#=/]+(.+)$/is;

/** "bucket #12" → the meaning and what it is said of. Null when no known word begins the text. */
export function splitIdWord(text: string): { word: IdWord; rest: string } | null {
  const [, word = "", rest = ""] = said.exec(text) ?? [];
  const meaning = idWordOf(word);
  return meaning === null ? null : { word: meaning, rest: rest.trim() };
}

/** Of a single word, as it stands before an id in an address. */
export function idWordOf(word: string): IdWord | null {
  const key = word.toLowerCase().replace("-", "");
  return Object.hasOwn(meanings, key) ? (meanings[key] ?? null) : null;
}
