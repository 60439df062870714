"use client";

import { usePathname } from "next/navigation";
import { useMemo } from "react";
import { type Place, placeOf } from "./place.ts";

export function usePlace(): Place {
  const pathname = usePathname();
  return useMemo(() => placeOf(pathname), [pathname]);
}
