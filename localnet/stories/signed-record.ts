import { randomBytes } from "node:crypto";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { type Account, signAs } from "../network/account.ts";

/** One request whose signatures are real: of the client, of the node, and of the token that came with it. */
export type SignedRequest = {
  at: number;
  node: { account: Account };
  client: Account;
  bucket: number;
  cid: Uint8Array;
  status: "OK" | "ABORTED";
  bytes: number;
  token: Uint8Array | null;
};

const get = 1;
const statusCodes = { OK: 1, ABORTED: 5 } as const;

/** An ActivityRecord in the protobuf JSON mapping; signed is the protobuf form without the signature. */
export function signedRecord(request: SignedRequest): string {
  const { at, node, client, status, token } = request;
  const id = randomBytes(16);
  const requestId = crypto.randomUUID();
  const unsigned = requestMessage(request, requestId, null);
  const clientSignature = signAs(client, unsigned);
  const inner = requestMessage(request, requestId, signature(client, clientSignature));
  const record = new BinaryWriter().tag(1, 2).bytes(id);
  record.tag(2, 2).fork().tag(1, 2).bytes(inner);
  record.tag(3, 2).fork().tag(1, 0).int32(statusCodes[status]).join().join();
  record.tag(4, 0).uint64(at);
  const nodeSignature = signAs(node.account, record.finish());
  return JSON.stringify({
    id: id.toString("base64"),
    upstream: {
      request: {
        requestId,
        requestType: "REQUEST_TYPE_GET",
        bucketId: String(request.bucket),
        pieceCid: base64(request.cid),
        ...(request.bytes > 0 && { size: String(request.bytes) }),
        timestamp: String(at - 8),
        signature: { signer: base64(client.publicKey), value: base64(clientSignature) },
      },
      response: { status },
    },
    timestamp: String(at),
    signature: { signer: base64(node.account.publicKey), value: base64(nodeSignature) },
    ...(token && { authToken: base64(token) }),
  });
}

type Grant = { owner: Account; holder: Account; bucket: number; expiresAt: number };

/** An AuthToken for GET, given by the owner and used by its holder: a chain of two, as the SDK makes it. */
export function accessToken({ owner, holder, bucket, expiresAt }: Grant): Uint8Array {
  const given = new BinaryWriter();
  given.tag(2, 2).bytes(holder.publicKey);
  given.tag(4, 0).uint64(bucket);
  given.tag(5, 2).bytes(Uint8Array.of(2));
  given.tag(6, 0).uint64(expiresAt);
  const used = new BinaryWriter();
  used.tag(1, 2).bytes(signedToken(given.finish(), owner));
  used.tag(5, 2).bytes(Uint8Array.of(2));
  used.tag(6, 0).uint64(expiresAt);
  return signedToken(used.finish(), holder);
}

function signedToken(payload: Uint8Array, signer: Account): Uint8Array {
  const message = new BinaryWriter().tag(2, 2).bytes(payload).finish();
  const token = new BinaryWriter().tag(1, 2).bytes(signature(signer, signAs(signer, message)));
  return token.tag(2, 2).bytes(payload).finish();
}

function requestMessage(
  { at, bucket, cid, bytes }: SignedRequest,
  requestId: string,
  signed: Uint8Array | null,
): Uint8Array {
  const writer = new BinaryWriter().tag(2, 2).string(requestId).tag(3, 0).int32(get);
  writer.tag(5, 0).uint64(bucket).tag(6, 2).bytes(cid);
  // Proto3: zero is not written, so it is not signed either.
  if (bytes > 0) writer.tag(8, 0).uint64(bytes);
  writer.tag(9, 0).uint64(at - 8);
  if (signed) writer.tag(10, 2).bytes(signed);
  return writer.finish();
}

/** ed25519 is 0, so it is not written. */
function signature(signer: Account, value: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(2, 2).bytes(signer.publicKey).tag(3, 2).bytes(value).finish();
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
