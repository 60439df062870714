"use client";

import { lazyView } from "../../../../../_ui/lazy-view.tsx";

export const RuleEntry = lazyView(() => import("./rule-view.tsx").then((module) => module.RuleView));
