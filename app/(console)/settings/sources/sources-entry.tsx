"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const SourcesEntry = lazyView(() => import("./sources-view.tsx").then((module) => module.SourcesView));
