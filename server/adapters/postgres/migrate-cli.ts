import { fileURLToPath } from "node:url";
import { inheritedEnvironment } from "../../config.ts";
import { isAppError } from "../../kernel/errors.ts";
import { migrate } from "./migrate.ts";

/** `npm run db:migrate`: brings the console's database up to date. Running it again changes nothing. */
const url = inheritedEnvironment().DATABASE_URL;
const folder = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
if (!url) {
  console.error("DATABASE_URL is not set. It names the console's own PostgreSQL database.");
  process.exit(1);
}
try {
  const applied = await migrate(url, folder);
  console.log(applied.length > 0 ? `Applied:\n  ${applied.join("\n  ")}` : "The database is up to date.");
} catch (error) {
  if (!isAppError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
