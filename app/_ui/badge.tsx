import { cx } from "./cx.ts";
import { Glyph, type Shape, type Tone } from "./glyph.tsx";

type BadgeProps = { tone: Tone; shape?: Shape; children: string; why?: string };

/** A filled state, once in a page head. In cells use StatusWord. */
export function Badge({ tone, shape, children, why }: BadgeProps) {
  return (
    <span className={cx("badge", `badge-${tone}`)} data-tip={why}>
      <Glyph tone={tone} size={9} {...(shape && { shape })} />
      {children}
    </span>
  );
}
