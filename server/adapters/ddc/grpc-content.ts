import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import type {
  ByteRange,
  CnsAnswer,
  CnsAsk,
  ContentAsk,
  ContentEnd,
  ContentFailure,
  OpenContent,
} from "../../ports/content-store.ts";
import { type CheckedAddress, nameOf } from "./checked-address.ts";
import { contentFailed } from "./content-failure.ts";
import { bytesField, fileRequest, nodeRequest, numberField, recordRequest, rpc } from "./grpc-messages.ts";

export type GrpcWay = {
  address: Extract<CheckedAddress, { kind: "reachable" }>;
  port: number;
  timeoutMs: number;
};

/** A node cuts off who acknowledges nothing, and without a key of its own the console cannot: it asks in steps. */
const stepBytes = 4 * 2 ** 20;
const messageSlackBytes = 4_096;
const raw = (bytes: Buffer) => bytes;

/** Exactly the bytes that the node sent as `GetResponse.node`: what its CID is the hash of. */
export async function openNode(
  ask: ContentAsk,
  way: GrpcWay,
  signal: AbortSignal,
): Promise<OpenContent | ContentFailure> {
  const started = performance.now();
  const request = { path: rpc.getNode, message: nodeRequest(ask.cid.bytes, ask.bucket), token: ask.token };
  const answer = await call(request, { ...way, maxBytes: ask.maxBytes }, signal);
  if ("kind" in answer) return answer;
  const firstByteMs = performance.now() - started;
  const node = readOr(() => bytesField(answer, 1));
  if (node === "malformed") return contentFailed("protocol", "Its answer is no GetResponse.");
  const bytes = node ?? new Uint8Array(0);
  return { kind: "open", firstByteMs, length: bytes.length, size: bytes.length, body: once(bytes) };
}

export async function resolveRecord(ask: CnsAsk, way: GrpcWay, signal: AbortSignal): Promise<CnsAnswer> {
  const request = { path: rpc.getRecord, message: recordRequest(ask.name, ask.bucket), token: ask.token };
  const answer = await call(request, { ...way, maxBytes: messageSlackBytes }, signal);
  if ("kind" in answer) return answer;
  const record = readOr(() => bytesField(answer, 1));
  if (record === null) return contentFailed("not_found", "It has no such name.");
  const cid = record === "malformed" ? null : readOr(() => bytesField(record, 2));
  const ttlSeconds = record === "malformed" ? null : readOr(() => numberField(record, 4));
  if (cid === null || cid === "malformed" || record === "malformed" || ttlSeconds === "malformed")
    return contentFailed("protocol", "Its answer is no CNS record.");
  const read = cidFromBytes(cid);
  return isCid(read)
    ? { kind: "found", cid: read, ttlSeconds }
    : contentFailed("protocol", `Its CNS record names no CID: ${read.reason}.`);
}

/** A piece by `FileApi.getFile`, step by step; its end is where a step gives less than it was asked for. */
export async function openFile(
  ask: ContentAsk,
  way: GrpcWay,
  signal: AbortSignal,
): Promise<OpenContent | ContentFailure> {
  const started = performance.now();
  const wanted = ask.range ?? { from: 0, to: ask.maxBytes + 1 };
  const first = await readStep(ask, way, { range: stepOf(wanted), signal });
  if ("kind" in first) return first;
  const firstByteMs = performance.now() - started;
  const length = ask.range ? ask.range.to - ask.range.from : null;
  return { kind: "open", firstByteMs, length, size: null, body: steps(ask, way, { wanted, first, signal }) };
}

async function* steps(
  ask: ContentAsk,
  way: GrpcWay,
  from: { wanted: ByteRange; first: Uint8Array; signal: AbortSignal },
): AsyncGenerator<Uint8Array, ContentEnd> {
  const { wanted, signal } = from;
  let step = from.first;
  let at = wanted.from;
  for (;;) {
    const range = stepOf({ from: at, to: wanted.to });
    at += step.length;
    if (at - wanted.from > ask.maxBytes)
      return contentFailed("too_large", `It sends more than ${ask.maxBytes} bytes, the most that is read.`);
    yield step;
    if (step.length < range.to - range.from) return endAt(at, ask.range);
    if (at === wanted.to) return { kind: "complete", bytes: at - wanted.from };
    const next = await readStep(ask, way, { range: stepOf({ from: at, to: wanted.to }), signal });
    if ("kind" in next) return next;
    step = next;
  }
}

function endAt(at: number, range: ByteRange | null): ContentEnd {
  if (range && at < range.to) return contentFailed("broken_off", `It ends at byte ${at}.`);
  return { kind: "complete", bytes: at - (range?.from ?? 0) };
}

function stepOf({ from, to }: ByteRange): ByteRange {
  return { from, to: Math.min(to, from + stepBytes) };
}

function readStep(
  { cid, bucket, token }: ContentAsk,
  way: GrpcWay,
  { range, signal }: { range: ByteRange; signal: AbortSignal },
): Promise<Uint8Array | ContentFailure> {
  signal.throwIfAborted();
  const client = clientOf(way, stepBytes);
  const stream = client.makeBidiStreamRequest(rpc.getFile, raw, raw, metadataOf(token), deadlineOf(way));
  const cancel = () => stream.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  const parts: Uint8Array[] = [];
  const done = new Promise<Uint8Array | ContentFailure>((settle, reject) => {
    stream.on("data", (message: Buffer) => {
      const part = readOr(() => bytesField(message, 2));
      if (part === "malformed") stream.cancel();
      else if (part !== null) parts.push(part);
    });
    stream.on("end", () => settle(Buffer.concat(parts)));
    stream.on("error", (error: ServiceError) => {
      if (signal.aborted) reject(signal.reason);
      else settle(explain(error));
    });
  });
  stream.write(fileRequest(cid.bytes, bucket, range));
  return done.finally(() => {
    signal.removeEventListener("abort", cancel);
    client.close();
  });
}

type Request = { path: string; message: Buffer; token: string | null };

function call(
  { path, message, token }: Request,
  way: GrpcWay & { maxBytes: number },
  signal: AbortSignal,
): Promise<Uint8Array | ContentFailure> {
  signal.throwIfAborted();
  const client = clientOf(way, way.maxBytes);
  return new Promise<Uint8Array | ContentFailure>((settle, reject) => {
    const made = client.makeUnaryRequest(
      path,
      raw,
      raw,
      message,
      metadataOf(token),
      deadlineOf(way),
      (error, answer) => {
        signal.removeEventListener("abort", cancel);
        if (signal.aborted) reject(signal.reason);
        else settle(error ? explain(error) : (answer ?? Buffer.alloc(0)));
      },
    );
    const cancel = () => made.cancel();
    signal.addEventListener("abort", cancel, { once: true });
  }).finally(() => client.close());
}

/** Plain text to the address that was judged; the name is only told to whoever answers there. */
function clientOf({ address, port }: GrpcWay, maxBytes: number): Client {
  const family = address.address.includes(":") ? "ipv6" : "ipv4";
  return new Client(`${family}:${nameOf(address.address)}:${port}`, credentials.createInsecure(), {
    "grpc.default_authority": `${nameOf(address.host)}:${port}`,
    "grpc.enable_http_proxy": 0,
    "grpc.enable_retries": 0,
    "grpc.service_config_disable_resolution": 1,
    "grpc.max_receive_message_length": maxBytes + messageSlackBytes,
  });
}

function metadataOf(token: string | null): Metadata {
  const metadata = new Metadata();
  if (token !== null) metadata.set("token", token);
  return metadata;
}

function deadlineOf({ timeoutMs }: GrpcWay): { deadline: number } {
  return { deadline: Date.now() + timeoutMs };
}

function explain({ code, details }: ServiceError): ContentFailure {
  switch (code) {
    case status.NOT_FOUND:
      return contentFailed("not_found", "It does not have it.");
    case status.PERMISSION_DENIED:
    case status.UNAUTHENTICATED:
      return contentFailed("forbidden", "The bucket is private, and it does not take what was shown.");
    case status.DEADLINE_EXCEEDED:
      return contentFailed("timeout", "It did not answer in time.");
    case status.RESOURCE_EXHAUSTED:
      return contentFailed("too_large", "Its answer is larger than what is read.");
    case status.UNKNOWN:
      // The public nodes say so for a CNS name that they do not know.
      return details === "no result"
        ? contentFailed("not_found", "It has no such name.")
        : contentFailed("unavailable", "It failed without a reason.");
    case status.UNAVAILABLE:
      return contentFailed("refused", "Its gRPC port does not answer.");
    default:
      return contentFailed("protocol", `It answered gRPC status ${status[code] ?? code}.`);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, ContentEnd> {
  yield bytes;
  return { kind: "complete", bytes: bytes.length };
}

function readOr<Value>(read: () => Value): Value | "malformed" {
  try {
    return read();
  } catch {
    return "malformed";
  }
}
