import type { CidKind } from "../../kernel/cid/cid.ts";
import type { NetworkName } from "../../kernel/networks.ts";

/** Words before an id that say what it is: "block 0x…", "bucket #12". */
export type IdWord =
  | "account"
  | "agent"
  | "alert"
  | "block"
  | "bucket"
  | "cid"
  | "cluster"
  | "era"
  | "extrinsic"
  | "incident"
  | "node"
  | "person"
  | "record";

/** What a pasted text can be. Several readings of one text are possible: 32 bytes of hex name many things. */
export type Reading =
  /** 32 bytes: node key, account, or hash. `prefix` is the SS58 network it was written for, null when it was hex. */
  | { kind: "key"; hex: string; ss58: string; prefix: number | null; word: IdWord | null }
  | { kind: "hash"; hex: string; word: "block" | "extrinsic" }
  | { kind: "genesis"; hex: string; network: NetworkName }
  | { kind: "cluster"; id: string }
  /** `bucket` where the text names one, as addresses of a CDN do. */
  | { kind: "cid"; cid: string; content: CidKind; bucket: string | null }
  | { kind: "foreign_cid"; text: string; what: string }
  | { kind: "height"; height: number }
  | { kind: "extrinsic"; height: number; index: number }
  | { kind: "era"; era: number }
  | { kind: "bucket"; bucket: string; isSaid: boolean }
  | { kind: "agent"; key: string; alias: string; version: string | null }
  | { kind: "record"; topic: string; partition: number; offset: string }
  | { kind: "alert"; id: string }
  | { kind: "incident"; id: string }
  | { kind: "person"; email: string }
  | { kind: "page"; href: string; network: NetworkName | null; subject: Reading | null }
  /** Nearly an id: which characters are wrong, and why. */
  | { kind: "broken"; what: BrokenKind; text: string; at: number; length: number; reason: string }
  /** Never looked up, never kept. */
  | { kind: "secret"; what: string };

export type BrokenKind = "cid" | "account" | "hex" | "number" | "agent" | "record";

export type KeyReading = Extract<Reading, { kind: "key" }>;
export type CidReading = Extract<Reading, { kind: "cid" }>;
