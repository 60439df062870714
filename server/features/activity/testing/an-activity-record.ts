/** What one request did, in the positions of kernel/cells. */
export type ActivityRequest = {
  /** Makes the record's id. */
  number: number;
  node: string;
  at: number;
  bucket: number | bigint;
  operation: number;
  status: number;
  /** Null: the record carries no latency. */
  latencyMs: number | null;
  bytes: number;
};

const requestTypes = ["PUT", "GET", "DELETE", "COMPUTE"];
const responseStatuses = ["OK", "NOT_FOUND", "INTERNAL", "UNAVAILABLE", "ABORTED", "UNKNOWN"];

/** The record that a node writes about it, as JSON. */
export function anActivityRecord(request: ActivityRequest): { key: string; value: string } {
  const { number, node, at, bucket, operation, status, latencyMs, bytes } = request;
  const id = Buffer.alloc(16);
  id.writeUInt32BE(number, 12);
  const signature = { signer: base64(32, number % 7), value: base64(64, 2) };
  const cid = Buffer.concat([Buffer.from([1, 2, 0x1e, 0x20]), Buffer.alloc(32, 200 + (number % 50))]);
  const value = JSON.stringify({
    id: id.toString("base64"),
    upstream: {
      request: {
        requestType: `REQUEST_TYPE_${requestTypes[operation]}`,
        bucketId: String(bucket),
        pieceCid: cid.toString("base64"),
        size: String(bytes),
        timestamp: String(at - 5),
        signature,
      },
      ack: { bytesStoredOrDelivered: String(bytes) },
      response: { status: responseStatuses[status], ...(latencyMs === null ? {} : { time: latencyMs }) },
    },
    timestamp: String(at),
    signature,
  });
  return { key: node, value };
}

function base64(length: number, fill: number): string {
  return Buffer.alloc(length, fill).toString("base64");
}
