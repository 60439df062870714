import type { GraphShape, Places } from "./graph-layout.ts";

/** What the page and the worker that lays graphs out say to each other; `id` counts the questions. */
export type ToLayouter = { id: number; shape: GraphShape };
export type FromLayouter = { id: number; places: Places } | { id: number; failure: string };
