"use client";

import { useSyncExternalStore } from "react";
import type { Zone } from "./format/time.ts";
import { storedChoice } from "./stored-choice.ts";

const choice = storedChoice<Zone>("zone", ["utc", "local"]);

/** Which clock times are shown on. The server always renders UTC. */
export function useZone(): Zone {
  return useSyncExternalStore(choice.subscribe, choice.read, () => "utc");
}

export const setZone = choice.write;
