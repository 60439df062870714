/** A number of a policy: typed in `unit`, stored in units of `factor`. */
export type PolicyField<Name extends string> = {
  name: Name;
  label: string;
  unit: string;
  factor: number;
  bounds: { least: number; most: number };
};

export function fieldText({ factor }: Pick<PolicyField<string>, "factor">, value: number): string {
  return String(Math.round((value / factor) * 1_000) / 1_000);
}

/** The stored number, or what is wrong with what was typed. */
export function readField(
  { factor, bounds, unit }: PolicyField<string>,
  text: string,
): { value: number } | { problem: string } {
  const typed = text.trim().replaceAll(",", "");
  const value = Math.round(Number(typed) * factor);
  const isNumber = /^\d{1,9}(\.\d{1,3})?$/.test(typed);
  if (isNumber && value >= bounds.least && value <= bounds.most) return { value };
  const [least, most] = [fieldText({ factor }, bounds.least), fieldText({ factor }, bounds.most)];
  return { problem: `Write a number from ${least} to ${most} ${unit}.` };
}

/** Names, one a line; empty lines count for nothing. */
export function readNames(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}
