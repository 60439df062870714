import { z } from "zod";
import { deployerProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { approveRollout, pauseRollout, promoteRollout, resumeRollout, rollBack } from "./change-rollout.ts";
import { createFreeze } from "./create-freeze.ts";
import { endFreeze } from "./end-freeze.ts";
import * as freezes from "./freeze-schema.ts";
import { getRollout } from "./get-rollout.ts";
import { listFreezes } from "./list-freezes.ts";
import { listFreezesInForce } from "./list-freezes-in-force.ts";
import { listRollouts } from "./list-rollouts.ts";
import {
  listRolloutsInput,
  reasonedRolloutInput,
  rolloutDetailSchema,
  rolloutInput,
  rolloutPageSchema,
  rolloutSchema,
  startRolloutInput,
  unlockInput,
} from "./schema.ts";
import { startRollout } from "./start-rollout.ts";
import { unlock } from "./unlock.ts";
import { updateFreeze } from "./update-freeze.ts";

export const rolloutsRouter = router({
  list: viewerProcedure
    .input(listRolloutsInput)
    .output(rolloutPageSchema)
    .query(({ ctx, input }) => listRollouts(ctx, input)),
  get: viewerProcedure
    .input(rolloutInput)
    .output(rolloutDetailSchema)
    .query(({ ctx, input }) => getRollout(ctx, input)),
  start: deployerProcedure
    .meta({ audit: "rollout.start" })
    .input(startRolloutInput)
    .output(rolloutSchema)
    .mutation(({ ctx, input }) => startRollout(ctx, input)),
  approve: deployerProcedure
    .meta({ audit: "rollout.approve" })
    .input(rolloutInput)
    .output(rolloutSchema)
    .mutation(({ ctx, input }) => approveRollout(ctx, input)),
  pause: deployerProcedure
    .meta({ audit: "rollout.pause" })
    .input(reasonedRolloutInput)
    .output(rolloutSchema)
    .mutation(({ ctx, input }) => pauseRollout(ctx, input)),
  resume: deployerProcedure
    .meta({ audit: "rollout.resume" })
    .input(rolloutInput)
    .output(rolloutSchema)
    .mutation(({ ctx, input }) => resumeRollout(ctx, input)),
  promote: deployerProcedure
    .meta({ audit: "rollout.promote" })
    .input(reasonedRolloutInput)
    .output(rolloutSchema)
    .mutation(({ ctx, input }) => promoteRollout(ctx, input)),
  rollback: deployerProcedure
    .meta({ audit: "rollout.rollback" })
    .input(reasonedRolloutInput)
    .output(rolloutSchema)
    .mutation(({ ctx, input }) => rollBack(ctx, input)),
  unlock: deployerProcedure
    .meta({ audit: "rollout.unlock" })
    .input(unlockInput)
    .output(z.object({ isLocked: z.boolean() }))
    .mutation(({ ctx, input }) => unlock(ctx, input)),
  freeze: deployerProcedure
    .meta({ audit: "rollout.freeze" })
    .input(freezes.createFreezeInput)
    .output(freezes.freezeSchema)
    .mutation(({ ctx, input }) => createFreeze(ctx, input)),
  changeFreeze: deployerProcedure
    .meta({ audit: "rollout.freeze-change" })
    .input(freezes.updateFreezeInput)
    .output(freezes.freezeSchema)
    .mutation(({ ctx, input }) => updateFreeze(ctx, input)),
  endFreeze: deployerProcedure
    .meta({ audit: "rollout.freeze-end" })
    .input(freezes.endFreezeInput)
    .output(freezes.freezeSchema)
    .mutation(({ ctx, input }) => endFreeze(ctx, input)),
  freezes: viewerProcedure
    .input(freezes.listFreezesInput)
    .output(freezes.freezePageSchema)
    .query(({ ctx, input }) => listFreezes(ctx, input)),
  freezesInForce: viewerProcedure
    .input(freezes.freezesInForceInput)
    .output(freezes.freezesInForceSchema)
    .query(({ ctx, input }) => listFreezesInForce(ctx, input)),
});
