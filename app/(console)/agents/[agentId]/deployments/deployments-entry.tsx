"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const DeploymentsEntry = lazyView(() =>
  import("./deployments-view.tsx").then((module) => module.DeploymentsView),
);
