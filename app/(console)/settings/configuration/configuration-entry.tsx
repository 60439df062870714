"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const ConfigurationEntry = lazyView(() =>
  import("./configuration-view.tsx").then((module) => module.ConfigurationView),
);
