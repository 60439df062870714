"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const ClustersEntry = lazyView(() =>
  import("./clusters-view.tsx").then((module) => module.ClustersView),
);
