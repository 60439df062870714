"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const AlertsEntry = lazyView(() => import("./alerts-view.tsx").then((module) => module.AlertsView));
