import { randomBytes, timingSafeEqual } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";

/** Where a running local network takes commands; only who may read the file can give any. */
export type ControlAddress = { url: string; token: string };

export type ControlServer = { close(): Promise<void> };

const longestBody = 64 * 1024;

/** `run` gives the lines to print; a thrown error's message is what was wrong with the command. */
export async function openControlServer(
  file: string,
  run: (words: readonly string[]) => Promise<readonly string[]>,
): Promise<ControlServer> {
  const token = randomBytes(24).toString("hex");
  const server = createServer((request, response) => {
    const answer = (status: number, lines: readonly string[]) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ lines }));
    };
    if (!isAuthorized(request, token)) return void answer(401, ["This command carries no valid token."]);
    readWords(request)
      .then(run)
      .then((lines) => answer(200, lines))
      .catch((error: unknown) => answer(400, [error instanceof Error ? error.message : String(error)]));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, resolve);
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  const address: ControlAddress = { url: `http://127.0.0.1:${port}`, token };
  writeFileSync(file, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isAuthorized(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readWords(request: IncomingMessage): Promise<string[]> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > longestBody) throw new Error("The command is too long.");
    chunks.push(chunk);
  }
  const words: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw new Error("A command is a list of words.");
}
