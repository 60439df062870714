"use client";

import { type ComponentType, lazy } from "react";

/**
 * A part of the page as a chunk of its own. The server renders it into the HTML all the same; in the browser the frame
 * works at once and the part joins in when its code has come. It is asked for as soon as this module runs.
 */
export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const start = () => load().then((View) => ({ default: View }));
  const early = typeof window === "undefined" ? null : start();
  // A failure is told where the view is shown.
  early?.catch(() => {});
  const View: ComponentType<Props> = lazy(() => early ?? start());
  // biome-ignore lint/correctness/noComponentHookFactories: runs once a module; what the server names must be a function
  return function LazyView(props: Props) {
    return <View {...props} />;
  };
}
