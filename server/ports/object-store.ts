import type { Readable } from "node:stream";

/** Bytes from `start` to `end`, both of them included. */
export type ObjectRange = { start: number; end: number };

export type StoredObject = {
  /** Of the whole object, also where a range was asked for. */
  sizeBytes: number;
  /** Destroy it when not all of it is read. */
  body: Readable;
};

/** An object that is being written in parts; `uploadId` is the store's own name for that. */
export type PartedObject = { key: string; uploadId: string };
export type StoredPart = { number: number; etag: string; sizeBytes: number };
/** Parts count from 1. All but the last have at least `minPartBytes`. */
export type PartToStore = { number: number; sizeBytes: number; body: Readable };

/** S3 takes no smaller ones, but for the last. */
export const minPartBytes = 5 * 2 ** 20;

/**
 * Large bytes by key: lower-case letters, digits, `-`, `.` and `/`. An object is there whole or not at all, and once it is
 * there it is not written again. Every call rejects with `upstream` when the store does not answer; `signal` ends it.
 */
export type ObjectStore = {
  /** Fails, and leaves nothing, when the stream ends before or after `sizeBytes`. */
  put(key: string, body: Readable, options: { sizeBytes: number; signal: AbortSignal }): Promise<void>;
  startParts(key: string): Promise<PartedObject>;
  /** The same number again takes the place of the part that was there. */
  putPart(object: PartedObject, part: PartToStore, signal: AbortSignal): Promise<StoredPart>;
  /** Joins the parts in the order of their numbers. */
  completeParts(object: PartedObject, parts: readonly StoredPart[]): Promise<void>;
  /** Also where nothing of it is left. */
  abortParts(object: PartedObject): Promise<void>;
  /** Null when there is no such object. */
  get(key: string, options: { range?: ObjectRange; signal: AbortSignal }): Promise<StoredObject | null>;
  stat(key: string): Promise<{ sizeBytes: number } | null>;
  move(from: string, to: string): Promise<void>;
  /** Also where there is none. Only for what was never finished: what has a CID stays. */
  remove(key: string): Promise<void>;
  /** An address from which anybody may read the object for a while; null where the store has none. */
  presignGet(key: string, options: { forSeconds: number; fileName: string }): Promise<URL | null>;
};
