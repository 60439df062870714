import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { HealthCheck } from "../http/health.ts";
import type { Database } from "../ports/database.ts";

const migrationsFolder = join(import.meta.dirname, "../../prisma/migrations");
const limit = { timeoutMs: 1_500 };

/** PostgreSQL answers, and has every migration that this code was written for. */
export function databaseChecks(db: Database): HealthCheck[] {
  return [
    {
      part: "database",
      check: async () => {
        await db.sql("SELECT 1", [], limit);
        return { state: "ok", reason: null, since: null };
      },
    },
    {
      part: "migrations",
      check: async () => {
        const missing = await missingMigrations(db);
        if (missing.length === 0) return { state: "ok", reason: null, since: null };
        const reason = `Not applied: ${missing.join(", ")}. Run npm run db:migrate.`;
        return { state: "down", reason, since: null };
      },
    },
  ];
}

async function missingMigrations(db: Database): Promise<string[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const rows = await db.sql<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    [],
    limit,
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  return entries.flatMap((entry) => (entry.isDirectory() && !applied.has(entry.name) ? [entry.name] : []));
}
