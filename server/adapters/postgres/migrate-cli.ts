import { fileURLToPath } from "node:url";
import { inheritedEnvironment } from "../../config.ts";
import { migrate } from "./migrate.ts";

/** `npm run db:migrate`: brings the console's database up to date. Running it again changes nothing. */
const url = inheritedEnvironment().DATABASE_URL;
if (!url) {
  console.error("DATABASE_URL is not set. It names the console's own PostgreSQL database.");
  process.exit(1);
}
const applied = await migrate(url, fileURLToPath(new URL("../../../prisma/migrations", import.meta.url)));
console.log(applied.length > 0 ? `Applied:\n  ${applied.join("\n  ")}` : "The database is up to date.");
