"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const VerificationEntry = lazyView(() =>
  import("./verification-view.tsx").then((module) => module.VerificationView),
);
