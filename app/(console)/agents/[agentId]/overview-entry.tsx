"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const OverviewEntry = lazyView(() =>
  import("./overview-view.tsx").then((module) => module.OverviewView),
);
