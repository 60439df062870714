import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";

export const paletteInput = z.object({
  /** Searched first; what is found on another network is said to be there. */
  network: z.enum(networkNames),
  text: z.string().max(2_000),
});
export type PaletteInput = z.output<typeof paletteInput>;

export const identifierKinds = [
  "account",
  "agent",
  "alert",
  "block",
  "bucket",
  "cid",
  "cluster",
  "era",
  "extrinsic",
  "foreign_cid",
  "hash",
  "incident",
  "node",
  "page",
  "person",
  "record",
  "secret",
  "unreadable",
] as const;

export const paletteLinkSchema = z.object({ label: z.string(), href: z.string() });

/** What the pasted text is, and where it is known. */
export const recognisedSchema = z.object({
  kind: z.enum(identifierKinds),
  /** Normalised: what it would be in an address. */
  id: z.string(),
  label: z.string(),
  explanation: z.string(),
  /** Its page by the addresses of this console; null = nothing there could show it. */
  href: z.string().nullable(),
  /** Other pages about it. */
  links: z.array(paletteLinkSchema),
  /** Which characters of `id` are wrong; past its end where some are missing. */
  wrong: z.object({ at: z.int(), length: z.int() }).nullable(),
});
export type Recognised = z.infer<typeof recognisedSchema>;

export const entityKinds = ["node", "cluster", "bucket", "account", "person"] as const;

export const paletteHitSchema = z.object({
  kind: z.string(),
  id: z.string(),
  title: z.string(),
  detail: z.string(),
  /** Null for what belongs to no network. */
  network: z.enum(networkNames).nullable(),
  isGone: z.boolean(),
  href: z.string(),
});
export type PaletteHit = z.infer<typeof paletteHitSchema>;

export const paletteAnswerSchema = z.object({
  recognised: z.array(recognisedSchema),
  hits: z.array(paletteHitSchema),
  /** More match than are shown: another word would tell them apart. */
  hasMore: z.boolean(),
});
export type PaletteAnswer = z.infer<typeof paletteAnswerSchema>;

/** PostgreSQL has no place for U+0000. */
const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);

/** An address of this console, never of another host. */
const hrefSchema = line(2_000).regex(/^\/(?!\/)/, "An address of this console begins with one slash.");

export const paletteMarkSchema = z.object({
  href: z.string(),
  kind: z.string(),
  label: z.string(),
  detail: z.string(),
  openedAt: z.iso.datetime(),
  isPinned: z.boolean(),
});
export type PaletteMark = z.infer<typeof paletteMarkSchema>;
/** Pinned ones first, in the order they were pinned; then what was opened last. */
export const paletteMarksSchema = z.array(paletteMarkSchema);

export const rememberMarkInput = z.object({
  href: hrefSchema,
  kind: line(40).min(1),
  label: line(200).trim().min(1),
  detail: line(300).default(""),
});
export type RememberMarkInput = z.output<typeof rememberMarkInput>;

export const pinMarkInput = rememberMarkInput.extend({ isPinned: z.boolean() });
export type PinMarkInput = z.output<typeof pinMarkInput>;
