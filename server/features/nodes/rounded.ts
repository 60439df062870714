/** Four significant digits: more are not true, and cost bytes for a thousand rows. */
export function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(4));
}
