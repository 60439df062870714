"use client";

import { usePathname } from "next/navigation";
import { useEffect, useMemo } from "react";
import { defaultNetwork, type Place, placeOf } from "./place.ts";

let lastNetwork = defaultNetwork;

export function usePlace(): Place {
  const pathname = usePathname();
  const place = useMemo(() => placeOf(pathname, lastNetwork), [pathname]);
  useEffect(() => {
    lastNetwork = place.network;
  }, [place.network]);
  return place;
}
