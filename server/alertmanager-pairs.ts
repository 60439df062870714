import { z } from "zod";
import { type NetworkName, networkByName, networkNames } from "./kernel/networks.ts";

export type AlertmanagerAddress = { network: NetworkName; url: URL };

const pair = z.templateLiteral(
  [z.enum(networkNames), ":", z.string().regex(/^https?:\/\/[^\s,]+$/)],
  "must be network:http(s)://… pairs",
);

/** "mainnet:http://alertmanager:9093" and more of them, commas between. */
export const alertmanagerPairsSchema = z
  .string()
  .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
  .pipe(
    z.array(
      pair.transform((text): AlertmanagerAddress => {
        const colon = text.indexOf(":");
        return { network: networkByName(text.slice(0, colon)).name, url: new URL(text.slice(colon + 1)) };
      }),
    ),
  );
