import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { codec, codecOf, textOf } from "../content/content-id.ts";
import type { Disturbance } from "./disturbance.ts";
import type { Answered, NodeContent } from "./node-content.ts";
import { contentParts } from "./send-content.ts";

/** A reader that acknowledges nothing is cut off after so many bytes. */
const unacknowledgedBytes = 16 * 2 ** 20;

const raw = (bytes: Buffer) => bytes;
const method = (path: string, isStreaming: boolean) => ({
  path,
  requestStream: isStreaming,
  responseStream: isStreaming,
  requestSerialize: raw,
  requestDeserialize: raw,
  responseSerialize: raw,
  responseDeserialize: raw,
});

/** The services of a storage node that read (cere-ddc-sdk-js packages/ddc/protos), over plain HTTP/2. */
export function contentServer(node: NodeContent, disturbance: () => Disturbance): Server {
  const server = new Server({ "grpc.max_send_message_length": -1 });
  server.addService(
    { getFile: method("/file.FileApi/getFile", true) },
    { getFile: (call: ServerDuplexStream<Buffer, Buffer>) => serveFile(node, call, disturbance) },
  );
  server.addService(
    { get: method("/dag.DagApi/Get", false) },
    { get: unary((asked, token) => getNode(node, { asked, token }, disturbance())) },
  );
  server.addService(
    { get: method("/cns.CnsApi/Get", false) },
    { get: unary((asked, token) => getRecord(node, { asked, token })) },
  );
  return server;
}

export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

type Outcome = { bytes: Uint8Array } | { code: status; details: string };

function unary(answer: (request: Uint8Array, token: string | null) => Promise<Outcome>) {
  return (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => {
    answer(call.request, tokenOf(call.metadata.get("token")[0])).then(
      (outcome) => {
        if ("bytes" in outcome) reply(null, Buffer.from(outcome.bytes));
        else reply(outcome);
      },
      () => reply({ code: status.INTERNAL, details: "internal" }),
    );
  };
}

/** GetRequest of dag_api.proto: bucketId = 1, cid = 2, path = 3. GetResponse: node = 1. */
async function getNode(
  node: NodeContent,
  { asked, token }: { asked: Uint8Array; token: string | null },
  disturbance: Disturbance,
): Promise<Outcome> {
  const { 1: bucket, 2: cid, 3: path } = fieldsOf(asked);
  const answered = await node.answer(
    {
      bucket: String(bucket ?? ""),
      name: textOf(bytesOf(cid)),
      path: Buffer.from(bytesOf(path)).toString().split("/").filter(Boolean),
      token,
    },
    disturbance,
  );
  if (answered.kind !== "content") return failure(answered);
  if (!answered.isNode) return { code: status.INVALID_ARGUMENT, details: "not a DAG node" };
  const encoded = answered.content.read(0, answered.content.size);
  return { bytes: new BinaryWriter().tag(1, 2).bytes(encoded).finish() };
}

/** GetRequest of cns_api.proto: bucketId = 1, name = 2. A name that is not there is UNKNOWN, "no result". */
async function getRecord(
  node: NodeContent,
  { asked, token }: { asked: Uint8Array; token: string | null },
): Promise<Outcome> {
  const { 1: bucket, 2: name } = fieldsOf(asked);
  const text = Buffer.from(bytesOf(name)).toString();
  const cid = await node.resolve({ bucket: String(bucket ?? ""), name: text, token });
  if (cid === null) return { code: status.UNKNOWN, details: "no result" };
  if ("refused" in cid) return { code: status.PERMISSION_DENIED, details: cid.refused };
  const record = new BinaryWriter().tag(2, 2).bytes(cid).tag(3, 2).string(text).tag(4, 0).uint32(300);
  return { bytes: new BinaryWriter().tag(1, 2).bytes(record.finish()).finish() };
}

/** GetFileRequest of file_api.proto: request = 1 {cid, bucketId, range, authenticate}, then ack = 2. */
function serveFile(
  node: NodeContent,
  call: ServerDuplexStream<Buffer, Buffer>,
  disturbance: () => Disturbance,
): void {
  let isStarted = false;
  const credit = { bytes: unacknowledgedBytes };
  call.on("data", (message: Buffer) => {
    const { 1: request, 2: ack } = fieldsOr(message, {});
    if (ack) credit.bytes = unacknowledgedBytes;
    if (!(request instanceof Uint8Array) || isStarted) return;
    isStarted = true;
    sendFile(node, { call, request, credit }, disturbance()).catch(() =>
      call.emit("error", { code: status.INTERNAL, details: "internal" }),
    );
  });
}

type FileCall = { call: ServerDuplexStream<Buffer, Buffer>; request: Uint8Array; credit: { bytes: number } };

async function sendFile(node: NodeContent, { call, request, credit }: FileCall, disturbance: Disturbance) {
  const { 1: cid, 2: bucket, 3: range } = fieldsOf(request);
  const answered = await node.answer(
    {
      bucket: String(bucket ?? ""),
      name: textOf(bytesOf(cid)),
      path: [],
      token: tokenOf(call.metadata.get("token")[0]),
    },
    disturbance,
  );
  if (answered.kind !== "content") return void call.emit("error", failure(answered));
  if (codecOf(answered.cid) === codec.dagNode)
    return void call.emit("error", { code: status.INVALID_ARGUMENT, details: "not a piece" });
  const { 1: start, 2: end } = range instanceof Uint8Array ? fieldsOf(range) : {};
  const { size } = answered.content;
  const wanted = range
    ? { from: Number(start ?? 0), to: Math.min(size, Number(end ?? 0) + 1) }
    : { from: 0, to: size };
  const parts = contentParts(answered.content, wanted, disturbance);
  for (let part = await parts.next(); ; part = await parts.next()) {
    if (call.cancelled) return;
    if (part.done) return void (part.value ? call.end() : call.destroy(new Error("broken off")));
    credit.bytes -= part.value.length;
    if (credit.bytes < 0)
      return void call.emit("error", { code: status.RESOURCE_EXHAUSTED, details: "nothing acknowledged" });
    const message = new BinaryWriter().tag(2, 2).bytes(part.value).finish();
    if (!call.write(Buffer.from(message))) await new Promise((resolve) => call.once("drain", resolve));
  }
}

function failure(answered: Exclude<Answered, { kind: "content" }>): { code: status; details: string } {
  const code = answered.kind === "absent" ? status.NOT_FOUND : status.PERMISSION_DENIED;
  return { code, details: answered.why };
}

/** Varints and byte strings of one message, by field number; of a field that comes twice, the last. */
function fieldsOf(message: Uint8Array): Record<number, bigint | Uint8Array> {
  const fields: Record<number, bigint | Uint8Array> = {};
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (wire === 0) fields[field] = BigInt(reader.uint64());
    else if (wire === 2) fields[field] = reader.bytes();
    else reader.skip(wire, field);
  }
  return fields;
}

function fieldsOr(message: Uint8Array, fallback: Record<number, never>): Record<number, bigint | Uint8Array> {
  try {
    return fieldsOf(message);
  } catch {
    return fallback;
  }
}

function bytesOf(value: bigint | Uint8Array | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(0);
}

function tokenOf(value: string | Buffer | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
