import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

// `generate` needs no engine, but the CLI looks for one before it starts; any existing file satisfies it (docs/adr).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url);

export default defineConfig({ schema: "prisma/console.prisma", migrations: { path: "prisma/migrations" } });
