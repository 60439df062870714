import { openRawSocket } from "./raw-socket.ts";

/** Child process: holds all sockets, so that their work is not counted as the server's. */
export type ToClients =
  | { kind: "open"; port: number; cookies: readonly string[]; room: string }
  | { kind: "report" };

/** One message of the room: what it showed, and when each socket had it (epoch ms; 0 = never). */
export type Broadcast = { heardAt: Record<string, number>; arrivals: number[] };

export type FromClients =
  | { kind: "opened"; sockets: number }
  | { kind: "report"; broadcasts: Broadcast[]; closed: number };

const together = 50;
const broadcasts = new Map<string, Broadcast>();
let sockets = 0;
let closed = 0;

process.on("message", (message: ToClients) => {
  if (message.kind === "open") void openAll(message);
  else say({ kind: "report", broadcasts: [...broadcasts.values()], closed });
});

process.on("disconnect", () => process.exit());

async function openAll({ port, cookies, room }: Extract<ToClients, { kind: "open" }>): Promise<void> {
  for (let first = 0; first < cookies.length; first += together)
    await Promise.all(
      cookies.slice(first, first + together).map((cookie, offset) =>
        openRawSocket({
          port,
          cookie,
          room,
          onMessage: (text, at) => note(first + offset, text, at),
          onClose: () => {
            closed += 1;
          },
        }),
      ),
    );
  sockets = cookies.length;
  broadcasts.clear();
  say({ kind: "opened", sockets });
}

/** The same bytes go to everyone: their `at` names them, and they are parsed once. */
function note(socket: number, text: Buffer, at: number): void {
  const name = /"at":"([^"]+)"/.exec(text.toString("latin1", 0, 120))?.[1];
  if (name === undefined) return;
  const known = broadcasts.get(name) ?? parse(text);
  broadcasts.set(name, known);
  known.arrivals[socket] = at;
}

function parse(text: Buffer): Broadcast {
  const [, , points]: [string, string, { nodes: { key: string; heardAt: string | null }[] }] = JSON.parse(
    text.toString("utf8", 2),
  );
  const heardAt = points.nodes.map(({ key, heardAt: moment }) => [key, Date.parse(moment ?? "")]);
  return { heardAt: Object.fromEntries(heardAt), arrivals: new Array<number>(sockets).fill(0) };
}

function say(message: FromClients): void {
  process.send?.(message);
}
