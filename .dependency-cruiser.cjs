/** The import laws of ARCHITECTURE.md. `npm run verify` fails when one is broken. */
const only = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
module.exports = {
  forbidden: [
    only(
      "no-cycles",
      "A cycle means that two things decide together; types may point back.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    only(
      "no-orphans-outside",
      "Every import resolves.",
      {},
      { couldNotResolve: true, pathNot: "^server-only$" },
    ),
    only(
      "kernel-imports-nothing",
      "The kernel knows nobody.",
      { path: "^server/kernel/" },
      { path: "^(server/(?!kernel)|app|localnet|prisma)" },
    ),
    only(
      "ports-are-types",
      "Ports speak our words only.",
      { path: "^server/ports/" },
      { path: "^server/(?!kernel|ports)|^(app|localnet)/" },
    ),
    only(
      "features-know-ports",
      "A feature reaches the world through ports; adapters are built in deps.ts.",
      { path: "^server/features/" },
      { path: "^server/(adapters|http|ingest|live|deps|main)" },
    ),
    only(
      "router-uses-trpc-init",
      "Only routers know tRPC.",
      { path: "^server/features/", pathNot: "router\\.ts$" },
      { path: "^server/trpc/" },
    ),
    only(
      "schema-is-browser-safe",
      "schema.ts and rules.ts run in the browser.",
      { path: "^server/features/[^/]+/([a-z-]*schema|[a-z-]*rules)\\.ts$" },
      {
        path: "^server/(ports|adapters|trpc|http|ingest|live)|^node:|^(pg|kafkajs|socket\\.io)$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    only(
      "no-store-of-another-feature",
      "A feature uses another through its schema, rules or an exported verb, never its store.",
      { path: "^server/features/([^/]+)/" },
      { path: "^server/features/[^/]+/store\\.ts$", pathNot: "^server/features/$1/" },
    ),
    only(
      "adapters-know-ports",
      "An adapter translates one technology into our words.",
      { path: "^server/adapters/" },
      { path: "^server/(features|trpc|http|ingest|live|deps|main)" },
    ),
    only(
      "app-sees-contracts-only",
      "What a browser gets: schemas, rules, kernel and the live topics; types of the rest.",
      { path: "^app/" },
      {
        path: "^server/",
        pathNot: "^server/(kernel/|features/[^/]+/([a-z-]*schema|[a-z-]*rules)\\.ts$|live/topics\\.ts$)",
        dependencyTypesNot: ["type-only"],
      },
    ),
    only(
      "localnet-speaks-contracts",
      "The simulated outside knows the console by its public contracts only; how a SET chooses, what a version sees of a configuration, and how a replay compares, are three of them.",
      { path: "^localnet/" },
      {
        path: "^(server|app)/",
        pathNot:
          "^server/features/([^/]+/[a-z-]*schema|deployments/routing-rules|agent-config/settings-rules|replays/compare-rules)\\.ts$",
      },
    ),
    only(
      "kafkajs-in-its-room",
      "So that it can be replaced in one folder.",
      { path: "^(app|server)/", pathNot: "^server/(adapters/kafka|testing)/" },
      { path: "node_modules/kafkajs" },
    ),
    only(
      "aws-in-its-room",
      "One folder speaks S3.",
      { path: "^(app|server)/", pathNot: "^server/adapters/s3/" },
      { path: "node_modules/@aws-sdk" },
    ),
    only(
      "hash-wasm-in-its-room",
      "One place hashes content, for browser and server.",
      { path: "^(app|server)/", pathNot: "^server/kernel/cid/blake3\\.ts$" },
      { path: "node_modules/hash-wasm" },
    ),
    only(
      "pg-in-its-room",
      "One place speaks the wire protocol.",
      { path: "^(app|server)/", pathNot: ["^server/adapters/", "/testing/"] },
      { path: "node_modules/pg/", dependencyTypesNot: ["type-only"] },
    ),
    only(
      "socket-io-in-its-room",
      "One socket, one room.",
      { path: "^(app|server)/", pathNot: ["^server/live/", "^app/_client/live/"] },
      { path: "node_modules/socket\\.io" },
    ),
  ],
  options: {
    parser: "swc",
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    // Tests may reach into any room; and the parser does not know `await using`, by which they live (elsewhere: try and finally).
    exclude: { path: "^(prisma/generated|\\.next|\\.local|node_modules/\\.)|\\.test\\.tsx?$" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
    builtInModules: {},
  },
};
