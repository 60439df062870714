import { adminProcedure, operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { createReceiver } from "./create-receiver.ts";
import { createRoute } from "./create-route.ts";
import { deleteReceiver } from "./delete-receiver.ts";
import { deleteRoute } from "./delete-route.ts";
import { explainAlert } from "./explain-alert.ts";
import { getNotifyHealth } from "./get-notify-health.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listReceivers } from "./list-receivers.ts";
import { listRoutes } from "./list-routes.ts";
import { previewRoute } from "./preview-route.ts";
import { retryDelivery } from "./retry-delivery.ts";
import {
  createdReceiverSchema,
  createReceiverInput,
  createRouteInput,
  deletedSchema,
  deleteReceiverInput,
  deleteRouteInput,
  deliveryPageSchema,
  deliverySchema,
  explainAlertInput,
  explanationSchema,
  listDeliveriesInput,
  listReceiversInput,
  listRoutesInput,
  notifyHealthInput,
  notifyHealthSchema,
  previewRouteInput,
  receiversSchema,
  retryDeliveryInput,
  routePreviewSchema,
  routeSchema,
  routesSchema,
  testRouteInput,
  updateReceiverInput,
  updateRouteInput,
} from "./schema.ts";
import { testRoute } from "./test-route.ts";
import { updateReceiver } from "./update-receiver.ts";
import { updateRoute } from "./update-route.ts";

export const notifyRouter = router({
  health: viewerProcedure
    .input(notifyHealthInput)
    .output(notifyHealthSchema)
    .query(({ ctx, input }) => getNotifyHealth(ctx, input)),
  receivers: viewerProcedure
    .input(listReceiversInput)
    .output(receiversSchema)
    .query(({ ctx }) => listReceivers(ctx)),
  createReceiver: adminProcedure
    .meta({ audit: "notify.receiver.create" })
    .input(createReceiverInput)
    .output(createdReceiverSchema)
    .mutation(({ ctx, input }) => createReceiver(ctx, input)),
  updateReceiver: adminProcedure
    .meta({ audit: "notify.receiver.update" })
    .input(updateReceiverInput)
    .output(createdReceiverSchema)
    .mutation(({ ctx, input }) => updateReceiver(ctx, input)),
  deleteReceiver: adminProcedure
    .meta({ audit: "notify.receiver.delete" })
    .input(deleteReceiverInput)
    .output(deletedSchema)
    .mutation(({ ctx, input }) => deleteReceiver(ctx, input)),
  routes: viewerProcedure
    .input(listRoutesInput)
    .output(routesSchema)
    .query(({ ctx, input }) => listRoutes(ctx, input)),
  createRoute: operatorProcedure
    .meta({ audit: "notify.route.create" })
    .input(createRouteInput)
    .output(routeSchema)
    .mutation(({ ctx, input }) => createRoute(ctx, input)),
  updateRoute: operatorProcedure
    .meta({ audit: "notify.route.update" })
    .input(updateRouteInput)
    .output(routeSchema)
    .mutation(({ ctx, input }) => updateRoute(ctx, input)),
  deleteRoute: operatorProcedure
    .meta({ audit: "notify.route.delete" })
    .input(deleteRouteInput)
    .output(deletedSchema)
    .mutation(({ ctx, input }) => deleteRoute(ctx, input)),
  previewRoute: viewerProcedure
    .input(previewRouteInput)
    .output(routePreviewSchema)
    .query(({ ctx, input }) => previewRoute(ctx, input)),
  testRoute: operatorProcedure
    .meta({ audit: "notify.route.test" })
    .input(testRouteInput)
    .output(deliverySchema)
    .mutation(({ ctx, input }) => testRoute(ctx, input)),
  deliveries: viewerProcedure
    .input(listDeliveriesInput)
    .output(deliveryPageSchema)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),
  retry: operatorProcedure
    .meta({ audit: "notify.retry" })
    .input(retryDeliveryInput)
    .output(deliverySchema)
    .mutation(({ ctx, input }) => retryDelivery(ctx, input)),
  explain: viewerProcedure
    .input(explainAlertInput)
    .output(explanationSchema)
    .query(({ ctx, input }) => explainAlert(ctx, input)),
});
