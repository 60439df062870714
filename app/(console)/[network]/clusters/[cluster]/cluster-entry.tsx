"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const ClusterEntry = lazyView(() => import("./cluster-view.tsx").then((module) => module.ClusterView));
