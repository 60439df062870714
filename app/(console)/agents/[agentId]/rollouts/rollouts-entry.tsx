"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const RolloutsEntry = lazyView(() =>
  import("./rollouts-view.tsx").then((module) => module.RolloutsView),
);
