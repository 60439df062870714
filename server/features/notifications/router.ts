import { ownProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { countUnread } from "./count-unread.ts";
import { explainBell } from "./explain-bell.ts";
import { listNotifications } from "./list-notifications.ts";
import { markRead } from "./mark-read.ts";
import * as schema from "./schema.ts";

export const notificationsRouter = router({
  list: ownProcedure
    .input(schema.listNotificationsInput)
    .output(schema.notificationPageSchema)
    .query(({ ctx, input }) => listNotifications(ctx, input)),
  explainAlert: viewerProcedure
    .input(schema.explainBellInput)
    .output(schema.bellVerdictSchema)
    .query(({ ctx, input }) => explainBell(ctx, input)),
  unread: ownProcedure.output(schema.unreadSchema).query(({ ctx }) => countUnread(ctx)),
  markRead: ownProcedure
    .meta({ unaudited: "not kept: what somebody has read changes nothing for others" })
    .input(schema.markReadInput)
    .output(schema.unreadSchema)
    .mutation(({ ctx, input }) => markRead(ctx, input)),
});
