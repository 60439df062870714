"use client";

import { useSyncExternalStore } from "react";
import { storedChoice } from "../../_ui/stored-choice.ts";

const choice = storedChoice("console.jobs", ["closed", "open"]);

/** Open or closed survives navigation and reload, in all tabs of this browser. */
export function useIsTrayOpen(): boolean {
  return useSyncExternalStore(choice.subscribe, choice.read, () => "closed") === "open";
}

/** `takeFocus`: somebody asked for the tray with its button, so the keyboard goes there. */
export function openTray({ takeFocus }: { takeFocus: boolean }): void {
  isFocusWanted = takeFocus;
  choice.write("open");
}

export function closeTray(): void {
  choice.write("closed");
}

let isFocusWanted = false;

/** True once after the tray was asked for. */
export function takeFocusWish(): boolean {
  const wish = isFocusWanted;
  isFocusWanted = false;
  return wish;
}
