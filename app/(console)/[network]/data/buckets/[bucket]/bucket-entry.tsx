"use client";

import { lazyView } from "../../../../../_ui/lazy-view.tsx";

export const BucketEntry = lazyView(() => import("./bucket-view.tsx").then((module) => module.BucketView));
