"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const RunsEntry = lazyView(() => import("./runs-view.tsx").then((module) => module.RunsView));
