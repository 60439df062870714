"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const BucketsEntry = lazyView(() => import("./buckets-view.tsx").then((module) => module.BucketsView));
