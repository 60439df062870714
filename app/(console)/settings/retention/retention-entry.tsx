"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const RetentionEntry = lazyView(() =>
  import("./retention-view.tsx").then((module) => module.RetentionView),
);
