import { operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { listProbes } from "./list-probes.ts";
import { probeNode } from "./probe-node.ts";
import { listProbesInput, probeEntrySchema, probeNodeInput, probePageSchema } from "./schema.ts";

export const probesRouter = router({
  list: viewerProcedure
    .input(listProbesInput)
    .output(probePageSchema)
    .query(({ ctx, input }) => listProbes(ctx, input)),
  probe: operatorProcedure
    .meta({ audit: "node.probe" })
    .input(probeNodeInput)
    .output(probeEntrySchema)
    .mutation(({ ctx, input }) => probeNode(ctx, input)),
});
