import { json } from "node:stream/consumers";
import { provisionedPeople } from "./features/identity/schema.ts";
import { provisionPeople } from "./provision-people.ts";

/**
 * `node server/create-users.ts < people.json`: makes accounts be as a JSON list says
 * ([{ name, email, password, grants: [{ role, network, environment }] }]). Running it again changes nothing.
 */
const parsed = provisionedPeople.safeParse(await json(process.stdin));
if (!parsed.success) {
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  process.stderr.write(`The list on stdin cannot be used:\n${problems.join("\n")}\n`);
  process.exit(1);
}
for (const { email, outcome } of await provisionPeople("create-users", parsed.data))
  process.stdout.write(`${email} ${outcome}\n`);
