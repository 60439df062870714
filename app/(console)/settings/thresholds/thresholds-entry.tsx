"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const ThresholdsEntry = lazyView(() =>
  import("./thresholds-view.tsx").then((module) => module.ThresholdsView),
);
