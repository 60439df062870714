import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { provisionedPerson } from "./features/identity/schema.ts";
import { provisionPeople } from "./provision-people.ts";

/**
 * `npm run admin:create -- --email ana@example.org [--name Ana]`: the first admin, or the way back in when none is left.
 * The password is asked for, or read from stdin; never an argument, which other users of the machine could see.
 */
const { values } = parseArgs({ options: { email: { type: "string" }, name: { type: "string" } } });
if (!values.email) fail("Whose account? --email ana@example.org");

const parsed = provisionedPerson.safeParse({
  email: values.email,
  name: values.name ?? values.email?.split("@")[0],
  password: process.stdin.isTTY ? await askHidden("Password: ") : (await text(process.stdin)).trim(),
  grants: [{ role: "admin", network: null, environment: null }],
});
if (!parsed.success)
  fail(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
else
  for (const { email, outcome } of await provisionPeople("admin:create", [parsed.data]))
    process.stdout.write(`${email} is an admin (${outcome}).\n`);

/** What is typed is not shown. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const answer = await terminal.question("");
  terminal.close();
  process.stderr.write("\n");
  return answer;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
