import { cx } from "./cx.ts";
import { Glyph, type Shape, type Tone } from "./glyph.tsx";

type StatusWordProps = { tone: Tone; shape?: Shape; children: string; why?: string };

/** A state as glyph and word, for cells and lists. `why` is told on hover and focus. */
export function StatusWord({ tone, shape, children, why }: StatusWordProps) {
  return (
    <span className={cx("status", `t-${tone}`)} data-tip={why}>
      <Glyph tone={tone} {...(shape && { shape })} />
      <span>{children}</span>
    </span>
  );
}
