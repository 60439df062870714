import { developerProcedure, operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { archiveVersion, deprecateVersion, validateVersion } from "./change-version.ts";
import { countAgents } from "./count-agents.ts";
import { diffVersions } from "./diff-versions.ts";
import { findVersion } from "./find-version.ts";
import { getAgent } from "./get-agent.ts";
import { getVersion } from "./get-version.ts";
import { listAgents } from "./list-agents.ts";
import { listVersions } from "./list-versions.ts";
import {
  agentDetailSchema,
  agentInput,
  agentPageSchema,
  agentTotalsSchema,
  changeVersionInput,
  deprecateVersionInput,
  diffVersionsInput,
  listAgentsInput,
  listVersionsInput,
  versionDetailSchema,
  versionDiffSchema,
  versionInput,
  versionPageSchema,
  versionSchema,
} from "./schema.ts";
import { rehashVersion } from "./verify-version.ts";

export const agentsRouter = router({
  list: viewerProcedure
    .input(listAgentsInput)
    .output(agentPageSchema)
    .query(({ ctx, input }) => listAgents(ctx, input)),
  totals: viewerProcedure.output(agentTotalsSchema).query(({ ctx }) => countAgents(ctx)),
  get: viewerProcedure
    .input(agentInput)
    .output(agentDetailSchema)
    .query(({ ctx, input }) => getAgent(ctx, input)),
  versions: viewerProcedure
    .input(listVersionsInput)
    .output(versionPageSchema)
    .query(({ ctx, input }) => listVersions(ctx, input)),
  version: viewerProcedure
    .input(versionInput)
    .output(versionDetailSchema)
    .query(({ ctx, input }) => getVersion(ctx, input)),
  known: viewerProcedure
    .input(versionInput)
    .output(versionSchema.nullable())
    .query(({ ctx, input }) => findVersion(ctx, input)),
  diff: viewerProcedure
    .input(diffVersionsInput)
    .output(versionDiffSchema)
    .query(({ ctx, input }) => diffVersions(ctx, input)),
  validate: developerProcedure
    .meta({ audit: "agent.validate" })
    .input(changeVersionInput)
    .output(versionSchema)
    .mutation(({ ctx, input }) => validateVersion(ctx, input)),
  verify: developerProcedure
    .meta({ audit: "agent.verify" })
    .input(versionInput)
    .output(versionSchema)
    .mutation(({ ctx, input }) => rehashVersion(ctx, input)),
  deprecate: operatorProcedure
    .meta({ audit: "agent.deprecate" })
    .input(deprecateVersionInput)
    .output(versionSchema)
    .mutation(({ ctx, input }) => deprecateVersion(ctx, input)),
  archive: operatorProcedure
    .meta({ audit: "agent.archive" })
    .input(changeVersionInput)
    .output(versionSchema)
    .mutation(({ ctx, input }) => archiveVersion(ctx, input)),
});
