"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const AuditEntry = lazyView(() => import("./audit-view.tsx").then((module) => module.AuditView));
