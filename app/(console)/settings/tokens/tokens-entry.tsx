"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const TokensEntry = lazyView(() => import("./tokens-view.tsx").then((module) => module.TokensView));
