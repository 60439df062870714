import { accessRouter } from "../features/access/router.ts";
import { agentConfigRouter } from "../features/agent-config/router.ts";
import { agentsRouter } from "../features/agents/router.ts";
import { alertsRouter } from "../features/alerts/router.ts";
import { auditRouter } from "../features/audit/router.ts";
import { clustersRouter } from "../features/clusters/router.ts";
import { dashboardsRouter } from "../features/dashboards/router.ts";
import { deploymentsRouter } from "../features/deployments/router.ts";
import { discoveryRouter } from "../features/discovery/router.ts";
import { exportsRouter } from "../features/exports/router.ts";
import { identityRouter } from "../features/identity/router.ts";
import { inventoryRouter } from "../features/inventory/router.ts";
import { lineageRouter } from "../features/lineage/router.ts";
import { maintenanceRouter } from "../features/maintenance/router.ts";
import { nodesRouter } from "../features/nodes/router.ts";
import { notificationsRouter } from "../features/notifications/router.ts";
import { notifyRouter } from "../features/notify/router.ts";
import { overviewRouter } from "../features/overview/router.ts";
import { paletteRouter } from "../features/palette/router.ts";
import { probesRouter } from "../features/probes/router.ts";
import { replaysRouter } from "../features/replays/router.ts";
import { rolloutsRouter } from "../features/rollouts/router.ts";
import { runsRouter } from "../features/runs/router.ts";
import { settingsRouter } from "../features/settings/router.ts";
import { systemRouter } from "../features/system/router.ts";
import { tokensRouter } from "../features/tokens/router.ts";
import { verificationRouter } from "../features/verification/router.ts";
import { viewsRouter } from "../features/views/router.ts";
import { createCallerFactory, router } from "./init.ts";
import { permissionsRouter } from "./permissions-router.ts";

const areas = {
  access: accessRouter,
  agentConfig: agentConfigRouter,
  agents: agentsRouter,
  alerts: alertsRouter,
  audit: auditRouter,
  clusters: clustersRouter,
  dashboards: dashboardsRouter,
  discovery: discoveryRouter,
  deployments: deploymentsRouter,
  exports: exportsRouter,
  identity: identityRouter,
  inventory: inventoryRouter,
  lineage: lineageRouter,
  maintenance: maintenanceRouter,
  nodes: nodesRouter,
  notifications: notificationsRouter,
  notify: notifyRouter,
  overview: overviewRouter,
  palette: paletteRouter,
  probes: probesRouter,
  replays: replaysRouter,
  rollouts: rolloutsRouter,
  runs: runsRouter,
  settings: settingsRouter,
  system: systemRouter,
  tokens: tokensRouter,
  verification: verificationRouter,
  views: viewsRouter,
};

export const appRouter = router({ ...areas, permissions: permissionsRouter(router(areas)) });

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
