import { connect, type Socket } from "node:net";

/** One browser's live socket, reduced to its bytes: 2,000 full clients would measure themselves. */
export type RawSocketOptions = {
  port: number;
  cookie: string;
  room: string;
  onMessage(text: Buffer, at: number): void;
  onClose(): void;
};

const textFrame = 0x81;

/** Resolves when the server let it into the room. */
export function openRawSocket(options: RawSocketOptions): Promise<Socket> {
  const { port, cookie, room, onMessage, onClose } = options;
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const joined = Promise.withResolvers<Socket>();
  const inbox = new Inbox();
  const hear = (payload: Buffer, at: number) => {
    const kind = payload.toString("latin1", 0, 2);
    if (kind.startsWith("0")) send(socket, "40");
    else if (kind === "2") send(socket, "3");
    else if (kind === "40") send(socket, `420${JSON.stringify(["join", room])}`);
    else if (kind === "43") joined.resolve(socket);
    else if (kind === "42") onMessage(payload, at);
    else joined.reject(new Error(`Refused: ${payload.toString()}`));
  };
  socket.on("connect", () => socket.write(handshake(port, cookie)));
  socket.on("data", (chunk) => {
    inbox.add(chunk);
    const at = Date.now();
    for (let frame = inbox.next(); frame; frame = inbox.next()) hear(frame, at);
  });
  socket.on("error", joined.reject);
  socket.on("close", () => {
    joined.reject(new Error("The server closed the connection."));
    onClose();
  });
  return joined.promise;
}

function handshake(port: number, cookie: string): string {
  return [
    "GET /live/?EIO=4&transport=websocket HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    `Cookie: ${cookie}`,
    "\r\n",
  ].join("\r\n");
}

/** Clients must mask; a mask of zeros leaves the text as it is. All that a client says is short. */
function send(socket: Socket, text: string): void {
  const payload = Buffer.from(text);
  if (payload.length > 125) throw new RangeError("A client of this benchmark says short things only.");
  socket.write(Buffer.concat([Buffer.from([textFrame, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
}

/** Takes whole frames out of a stream of bytes; the HTTP answer before the first one is dropped. */
class Inbox {
  #chunks: Buffer[] = [];
  #size = 0;
  #isOpen = false;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  next(): Buffer | null {
    if (!this.#isOpen && !this.#dropHttpAnswer()) return null;
    const head = this.#peek(10);
    if (head.length < 2) return null;
    const { start, length } = frameOf(head);
    if (this.#size < start + length) return null;
    return this.#take(start + length).subarray(start);
  }

  #dropHttpAnswer(): boolean {
    const all = this.#peek(this.#size);
    const end = all.indexOf("\r\n\r\n");
    if (end < 0) return false;
    if (!all.toString("latin1", 0, end).startsWith("HTTP/1.1 101"))
      throw new Error(all.toString("latin1", 0, end));
    this.#take(end + 4);
    this.#isOpen = true;
    return true;
  }

  #peek(bytes: number): Buffer {
    if ((this.#chunks[0]?.length ?? 0) < Math.min(bytes, this.#size))
      this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #take(bytes: number): Buffer {
    const first =
      this.#chunks[0] && this.#chunks[0].length >= bytes ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const isWhole = first === this.#chunks[0];
    const rest = first.subarray(bytes);
    this.#chunks = [...(rest.length > 0 ? [rest] : []), ...(isWhole ? this.#chunks.slice(1) : [])];
    this.#size -= bytes;
    return first.subarray(0, bytes);
  }
}

/** RFC 6455 section 5.2; a server does not mask. */
function frameOf(head: Buffer): { start: number; length: number } {
  const short = (head[1] ?? 0) & 0x7f;
  if (short < 126) return { start: 2, length: short };
  if (head.length < (short === 126 ? 4 : 10)) return { start: 0, length: Number.POSITIVE_INFINITY };
  return short === 126
    ? { start: 4, length: head.readUInt16BE(2) }
    : { start: 10, length: Number(head.readBigUInt64BE(2)) };
}
