"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const RolesEntry = lazyView(() => import("./roles-view.tsx").then((module) => module.RolesView));
