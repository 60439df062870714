import { deployerProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { cancelReplay } from "./cancel-replay.ts";
import { getReplayPlan } from "./get-plan.ts";
import { getReplay } from "./get-replay.ts";
import { getReplayEvent, listReplayEvents } from "./list-replay-events.ts";
import { listReplays } from "./list-replays.ts";
import {
  listReplaysInput,
  replayDetailSchema,
  replayEventInput,
  replayEventPageSchema,
  replayEventSchema,
  replayEventsInput,
  replayInput,
  replayPageSchema,
  replayPlanInput,
  replayPlanSchema,
  replayRefInput,
  replaySchema,
  startReplayInput,
} from "./schema.ts";
import { startReplay } from "./start-replay.ts";

export const replaysRouter = router({
  plan: viewerProcedure
    .input(replayPlanInput)
    .output(replayPlanSchema)
    .query(({ ctx, input }) => getReplayPlan(ctx, input)),
  list: viewerProcedure
    .input(listReplaysInput)
    .output(replayPageSchema)
    .query(({ ctx, input }) => listReplays(ctx, input)),
  get: viewerProcedure
    .input(replayRefInput)
    .output(replayDetailSchema)
    .query(({ ctx, input }) => getReplay(ctx, input)),
  events: viewerProcedure
    .input(replayEventsInput)
    .output(replayEventPageSchema)
    .query(({ ctx, input }) => listReplayEvents(ctx, input)),
  event: viewerProcedure
    .input(replayEventInput)
    .output(replayEventSchema)
    .query(({ ctx, input }) => getReplayEvent(ctx, input)),
  start: deployerProcedure
    .meta({ audit: "replay.start" })
    .input(startReplayInput)
    .output(replaySchema)
    .mutation(({ ctx, input }) => startReplay(ctx, input)),
  cancel: deployerProcedure
    .meta({ audit: "replay.cancel" })
    .input(replayInput)
    .output(replaySchema)
    .mutation(({ ctx, input }) => cancelReplay(ctx, input)),
});
