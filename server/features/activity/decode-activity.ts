import { ActivityParts } from "./activity-parts.ts";
import { ActivityJsonScanner } from "./json-scanner.ts";
import { ActivityProtobufScanner } from "./protobuf-scanner.ts";
import { nameRecord } from "./record-name.ts";
import { type ActivityFacts, type ActivityLimits, judgeActivity } from "./rules.ts";
import { type ActivityRecord, activityRecordSchema } from "./schema.ts";
import { tokenBytes } from "./token-bytes.ts";

export type ActivityEncoding = "json" | "protobuf";

/** Told apart by the header `content-type`; JSON where there is none. */
export function activityEncoding(contentType: string | null): ActivityEncoding {
  return contentType !== null && contentType !== "application/json" && contentType.includes("protobuf")
    ? "protobuf"
    : "json";
}

const parts = new ActivityParts();
const json = new ActivityJsonScanner();
const protobuf = new ActivityProtobufScanner();

/** The facts of one record, or the reason why it cannot be taken. */
export function decodeActivity(
  value: { bytes: Buffer; start: number; end: number; encoding: ActivityEncoding },
  limits: ActivityLimits,
): ActivityFacts | string {
  const { bytes, start, end } = value;
  if (value.encoding === "protobuf") {
    const refusal = protobuf.scan(bytes, start, end, parts);
    return refusal ?? judgeActivity(parts, limits);
  }
  if (json.scan(bytes, start, end, parts)) return judgeActivity(parts, limits);
  return parseActivityJson(bytes.toString("utf8", start, end), limits);
}

/** The long way: JSON.parse and the schema. Decides about everything that the scanner leaves. */
export function parseActivityJson(text: string, limits: ActivityLimits): ActivityFacts | string {
  const value = parseOrNull(text);
  if (value === null) return "not JSON";
  const parsed = activityRecordSchema.safeParse(value.parsed);
  if (!parsed.success) return describeIssues(parsed.error.issues);
  fill(parts, parsed.data);
  return judgeActivity(parts, limits);
}

function fill(target: ActivityParts, record: ActivityRecord): void {
  const request = record.upstream?.request;
  const ack = record.upstream?.ack;
  const response = record.upstream?.response;
  target.reset();
  target.timestamp = record.timestamp ?? 0;
  target.isSigned = bytesOf(record.signature?.value).length > 0;
  target.hasRequest = Boolean(request);
  target.requestType = request?.requestType ?? 0;
  target.contentType = request?.contentType ?? 0;
  target.bucketId = request?.bucketId ?? 0;
  target.piece = bytesOf(request?.pieceCid ?? request?.id).toString("latin1");
  target.offset = request?.offset ?? 0;
  target.size = request?.size ?? 0;
  target.requestAt = request?.timestamp ?? 0;
  target.signer = bytesOf(request?.signature?.signer).toString("latin1");
  target.hasAck = Boolean(ack);
  target.ackBytes = ack?.bytesStoredOrDelivered ?? 0;
  target.ackAt = ack?.timestamp ?? 0;
  target.hasResponse = Boolean(response);
  target.responseStatus = response?.status ?? 0;
  target.responseMs = response?.time ?? 0;
  target.token = tokenBytes(record.authToken);
  const id = bytesOf(record.id);
  const name = id.length > 0 ? id : bytesOf(record.signature?.value);
  if (name.length > 0) nameRecord(target, name, name.length);
}

function bytesOf(base64: string | null | undefined): Buffer {
  return Buffer.from(base64 ?? "", "base64");
}

function parseOrNull(text: string): { parsed: unknown } | null {
  try {
    return { parsed: JSON.parse(text) };
  } catch {
    return null;
  }
}

type Issue = { path: PropertyKey[]; message: string };

/** The first thing that is wrong, with where it is. */
function describeIssues(issues: readonly Issue[]): string {
  const [issue] = issues;
  if (!issue) return "not an activity record";
  const path = issue.path.join(".");
  return path === "" ? `not an activity record: ${issue.message}` : `${path}: ${issue.message}`;
}
