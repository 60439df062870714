import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";

export const paletteInput = z.object({
  /** Searched first; what is found on another network is said to be there. */
  network: z.enum(networkNames),
  text: z.string().max(2_000),
});
export type PaletteInput = z.output<typeof paletteInput>;

export const identifierKinds = [
  "node_key",
  "account",
  "cluster_id",
  "block_height",
  "hash",
  "cid",
  "console_url",
] as const;

/** What the pasted text is. `href` null = recognised, but nothing here can open it; `explanation` says why. */
export const recognisedSchema = z.object({
  kind: z.enum(identifierKinds),
  /** Normalised: what it would be in a URL. */
  id: z.string(),
  label: z.string(),
  explanation: z.string(),
  href: z.string().nullable(),
});
export type Recognised = z.infer<typeof recognisedSchema>;

export const paletteHitSchema = z.object({
  kind: z.enum(["node", "cluster"]),
  id: z.string(),
  title: z.string(),
  detail: z.string(),
  network: z.enum(networkNames),
  href: z.string(),
});
export type PaletteHit = z.infer<typeof paletteHitSchema>;

export const paletteAnswerSchema = z.object({
  recognised: z.array(recognisedSchema),
  hits: z.array(paletteHitSchema),
  /** How many more match than are shown; null = none. */
  more: z.int().nullable(),
});
export type PaletteAnswer = z.infer<typeof paletteAnswerSchema>;
