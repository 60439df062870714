"use client";

import { useSyncExternalStore } from "react";
import { storedChoice } from "./stored-choice.ts";

export const themeChoices = ["system", "dark", "light"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const choice = storedChoice<ThemeChoice>("theme", themeChoices);

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(choice.subscribe, choice.read, () => "system");
}

/** What is shown now; dark on the server, as the first paint is. */
export function useTheme(): "dark" | "light" {
  const chosen = useThemeChoice();
  const isLightSystem = useSyncExternalStore(onSystemChange, prefersLight, () => false);
  return resolveTheme(chosen, isLightSystem);
}

export function setTheme(next: ThemeChoice): void {
  choice.write(next);
  document.documentElement.dataset.theme = resolveTheme(next, prefersLight());
}

/** Dark unless the person, or else their system, asks for light. */
export function resolveTheme(chosen: string | null, isLightSystem: boolean): "dark" | "light" {
  if (chosen === "dark" || chosen === "light") return chosen;
  return isLightSystem ? "light" : "dark";
}

const lightQuery = "(prefers-color-scheme: light)";

function prefersLight(): boolean {
  return window.matchMedia(lightQuery).matches;
}

function onSystemChange(listener: () => void): () => void {
  const query = window.matchMedia(lightQuery);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
