import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** How bad something is. Colour follows the tone; the shape below carries the meaning without it. */
export const tones = ["ok", "warn", "crit", "info", "unknown", "idle"] as const;
export type Tone = (typeof tones)[number];

/** A shape for every state. Each reads without colour. */
export const shapes = [
  "disc",
  "triangle",
  "octagon",
  "square",
  "dashed",
  "half",
  "turning",
  "pause",
  "ring",
] as const;
export type Shape = (typeof shapes)[number];

const drawings: Record<Shape, ReactNode> = {
  disc: <circle cx="6" cy="6" r="4" />,
  triangle: <path d="M6 1.4 11.2 10.6H.8Z" />,
  octagon: <path d="M3.6.8h4.8l2.8 2.8v4.8l-2.8 2.8H3.6L.8 8.4V3.6Z" />,
  square: (
    <rect x="2" y="2" width="8" height="8" rx="1" fill="none" stroke="currentColor" strokeWidth="1.75" />
  ),
  dashed: (
    <circle
      cx="6"
      cy="6"
      r="4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.2 1.6"
    />
  ),
  half: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 2a4 4 0 0 1 0 8Z" />
    </>
  ),
  turning: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" opacity=".35" />
      <path className="spin" d="M6 2a4 4 0 0 1 4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  pause: <path d="M3 2h2v8H3zM7 2h2v8H7z" />,
  ring: <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

const shapeOfTone: Record<Tone, Shape> = {
  ok: "disc",
  warn: "triangle",
  crit: "octagon",
  info: "square",
  unknown: "dashed",
  idle: "ring",
};

/** Always beside a word: it is hidden from assistive technology. */
export function Glyph({
  tone,
  shape = shapeOfTone[tone],
  size = 10,
}: {
  tone: Tone;
  shape?: Shape;
  size?: number;
}) {
  return (
    <svg
      className={cx("g", `t-${tone}`)}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      fill="currentColor"
      aria-hidden="true"
    >
      {drawings[shape]}
    </svg>
  );
}
