"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const UploadEntry = lazyView(() => import("./upload-view.tsx").then((module) => module.UploadView));
