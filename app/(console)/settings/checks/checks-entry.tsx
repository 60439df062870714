"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const ChecksEntry = lazyView(() => import("./checks-view.tsx").then((module) => module.ChecksView));
