import { connect, type Socket } from "node:net";

/** One TCP connection to a broker, for requests of the Kafka protocol; answers come in the order of the requests. */
export type BrokerConnection = {
  /** `body` without size and header. Resolves with the answer behind its correlation id. */
  request(api: { key: number; version: number }, body: readonly Uint8Array[]): Promise<Buffer>;
  close(): void;
};

const answerMs = 20_000;
const clientId = Buffer.from("cere-localnet");

type Waiting = {
  id: number;
  resolve(answer: Buffer): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
};

export async function connectBroker(host: string, port: number): Promise<BrokerConnection> {
  const socket = await openSocket(host, port);
  const waiting: Waiting[] = [];
  let lastId = 0;
  let received: Buffer = Buffer.alloc(0);

  const fail = (error: Error) => {
    socket.destroy();
    for (const { reject, timer } of waiting.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
  };
  socket.on("error", fail);
  socket.on("close", () => fail(new Error(`${host}:${port} closed the connection.`)));
  socket.on("data", (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
      const size = received.readInt32BE(0);
      const next = waiting.shift();
      if (next?.id !== received.readInt32BE(4))
        return fail(new Error(`${host}:${port} answered out of turn.`));
      clearTimeout(next.timer);
      next.resolve(received.subarray(8, 4 + size));
      received = received.subarray(4 + size);
    }
  });
  return {
    request: (api, body) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error(`${host}:${port} is not connected.`));
        const id = ++lastId;
        const timer = setTimeout(
          () => fail(new Error(`${host}:${port} did not answer within ${answerMs / 1000} s.`)),
          answerMs,
        );
        waiting.push({ id, resolve, reject, timer });
        socket.cork();
        socket.write(requestHeader(api, id, byteLength(body)));
        for (const part of body) socket.write(part);
        socket.uncork();
      }),
    close: () => fail(new Error("The connection was closed here.")),
  };
}

function openSocket(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, timeout: 5_000 });
    socket.once("timeout", () => socket.destroy(new Error(`${host}:${port} did not accept a connection.`)));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.setTimeout(0);
      socket.removeListener("error", reject);
      resolve(socket);
    });
  });
}

function requestHeader(api: { key: number; version: number }, id: number, bodyBytes: number): Buffer {
  const header = Buffer.alloc(14 + clientId.length);
  header.writeInt32BE(header.length - 4 + bodyBytes, 0);
  header.writeInt16BE(api.key, 4);
  header.writeInt16BE(api.version, 6);
  header.writeInt32BE(id, 8);
  header.writeInt16BE(clientId.length, 12);
  clientId.copy(header, 14);
  return header;
}

function byteLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
