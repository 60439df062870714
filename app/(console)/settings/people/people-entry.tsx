"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const PeopleEntry = lazyView(() => import("./people-view.tsx").then((module) => module.PeopleView));
