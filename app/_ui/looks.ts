"use client";

import { useSyncExternalStore } from "react";
import { numberStyle, onNumberStyle } from "./number-style.ts";
import { type Density, densities, looksOfRequest, type NumberStyle } from "./request-looks.ts";
import { storedChoice } from "./stored-choice.ts";

const density = storedChoice<Density>("density", densities);
export const setDensity = density.write;

export function useNumberStyle(): NumberStyle {
  return useSyncExternalStore(onNumberStyle, numberStyle, numberStyle);
}

export function useDensity(): Density {
  return useSyncExternalStore(density.subscribe, density.read, firstDensity);
}

function firstDensity(): Density {
  return typeof window === "undefined" ? looksOfRequest().density : density.read();
}
