import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

const mostKept = 200;
const largestBytes = 1_000_000;

/** Takes every mail and lays it into a folder, one file each, the newest last by name. */
export function openMailSink(folder: string): SMTPServer {
  mkdirSync(folder, { recursive: true });
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    size: largestBytes,
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map(({ address }) => address).join("+");
      const stamp = new Date().toISOString().replace(/[:.]/g, "-");
      const name = `${stamp}-${to.replace(/[^a-z0-9@.+-]/gi, "_").slice(0, 100)}.eml`;
      buffer(stream)
        .then((bytes) => writeFile(join(folder, name), bytes))
        .then(() => {
          forgetOld(folder);
          done();
        }, done);
    },
  });
}

function forgetOld(folder: string): void {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .sort();
  for (const name of names.slice(0, -mostKept)) rmSync(join(folder, name), { force: true });
}
