"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const DashboardEntry = lazyView(() =>
  import("./dashboard-view.tsx").then((module) => module.AgentDashboardView),
);
