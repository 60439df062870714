import { createHash } from "node:crypto";
import type { z } from "zod";
import { parseExactJson } from "../../kernel/exact-json.ts";
import { jsonPointer } from "../../kernel/json-pointer.ts";
import {
  datasetEventSchema,
  jobEventSchema,
  type LineageEvent,
  runEventSchema,
} from "./open-lineage-schema.ts";

/** An event with its text as it came; `digest` names that text. */
export type ParsedEvent = { event: LineageEvent; body: string; digest: Buffer };

/** `pointer` (RFC 6901) says where in the document; "" is all of it. */
export type EventFault = { pointer: string; reason: string };

const digestBytes = 16;
const deepest = 64;

/** Reads one OpenLineage event. What it is follows from what it has: a run, a dataset, or a job alone. */
export function parseLineageEvent(body: string): ParsedEvent | EventFault {
  const document = parseDocument(body);
  if ("fault" in document) return document.fault;
  const { value } = document;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { pointer: "", reason: "an event is a JSON object" };
  if (depthOf(value, deepest) < 0) return { pointer: "", reason: `nested more than ${deepest} levels deep` };
  const event = readEvent(value);
  if ("reason" in event) return event;
  const digest = createHash("sha256").update(body).digest().subarray(0, digestBytes);
  return { event, body, digest };
}

export function isFault(parsed: ParsedEvent | EventFault): parsed is EventFault {
  return "reason" in parsed;
}

/** For a log line or a dead letter. */
export function faultText({ pointer, reason }: EventFault): string {
  return pointer === "" ? reason : `${pointer} ${reason}`;
}

function parseDocument(body: string): { value: unknown } | { fault: EventFault } {
  try {
    return { value: parseExactJson(body) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { fault: { pointer: "", reason: `not JSON: ${error.message.slice(0, 200)}` } };
  }
}

function readEvent(value: object): LineageEvent | EventFault {
  if ("run" in value) return check(runEventSchema, value, (event) => ({ kind: "run", ...event }));
  if ("dataset" in value) return check(datasetEventSchema, value, (event) => ({ kind: "dataset", ...event }));
  if ("job" in value) return check(jobEventSchema, value, (event) => ({ kind: "job", ...event }));
  return { pointer: "", reason: "has none of run, dataset and job" };
}

function check<Output>(
  schema: z.ZodType<Output>,
  value: object,
  toEvent: (event: Output) => LineageEvent,
): LineageEvent | EventFault {
  const parsed = schema.safeParse(value);
  if (parsed.success) return toEvent(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const reason = isMissing(value, path) ? "is missing" : (issue?.message ?? "does not fit");
  return { pointer: jsonPointer(path), reason };
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null || !(part in at)) return true;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return false;
}

/** Levels that are left; below zero when it is too deep. */
function depthOf(value: unknown, left: number): number {
  if (typeof value !== "object" || value === null || left < 0) return left;
  return Object.values(value).reduce<number>(
    (least, child) => Math.min(least, depthOf(child, left - 1)),
    left,
  );
}
