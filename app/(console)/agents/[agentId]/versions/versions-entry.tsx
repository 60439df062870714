"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const VersionsEntry = lazyView(() =>
  import("./versions-view.tsx").then((module) => module.VersionsView),
);
