"use client";

import { lazyView } from "../../../../../../_ui/lazy-view.tsx";

export const VerifyEntry = lazyView(() =>
  import("./verify-panels.tsx").then((module) => module.VerifyPanels),
);
