"use client";

import { lazyView } from "../../../../../_ui/lazy-view.tsx";

export const CidEntry = lazyView(() => import("./cid-view.tsx").then((module) => module.CidView));
