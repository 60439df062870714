"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const AccountEntry = lazyView(() => import("./account-view.tsx").then((module) => module.AccountView));
