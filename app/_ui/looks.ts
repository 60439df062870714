import { useSyncExternalStore } from "react";
import { storedChoice } from "./stored-choice.ts";

/** How numbers are written: 1,234.5, 1.234,5 or 1 234.5. */
export const numberStyles = ["comma", "point", "space"] as const;
export type NumberStyle = (typeof numberStyles)[number];

export const densities = ["normal", "compact"] as const;
export type Density = (typeof densities)[number];

export type Looks = { numbers: NumberStyle; density: Density };

const defaultLooks: Looks = { numbers: "comma", density: "normal" };

const numbers = storedChoice<NumberStyle>("numbers", numberStyles);
const density = storedChoice<Density>("density", densities);
export const setDensity = density.write;

let known: NumberStyle | null = null;

/** For formatters, which are no hooks. On the server: as the person of this request has chosen. */
export function numberStyle(): NumberStyle {
  if (typeof window === "undefined") return looksOfRequest().numbers;
  known ??= numbers.read();
  return known;
}

export function setNumberStyle(next: NumberStyle): void {
  known = next;
  numbers.write(next);
}

export function useNumberStyle(): NumberStyle {
  return useSyncExternalStore(numbers.subscribe, numberStyle, numberStyle);
}

export function useDensity(): Density {
  return useSyncExternalStore(density.subscribe, density.read, readDensity);
}

function readDensity(): Density {
  return typeof window === "undefined" ? looksOfRequest().density : density.read();
}

/** Filled by server/http/page-looks.ts: one object a request, so that two people's pages do not mix. */
const slotKey = Symbol.for("cere.console.looks");

type Slot = { getStore(): Looks | undefined };

function looksOfRequest(): Looks {
  return storeOfRequest() ?? defaultLooks;
}

/** From here on this request is rendered so. */
export function takeLooks(looks: Looks): void {
  Object.assign(storeOfRequest() ?? {}, looks);
}

function storeOfRequest(): Looks | undefined {
  const slot: Slot | undefined = Reflect.get(globalThis, slotKey);
  return slot?.getStore();
}
