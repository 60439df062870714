import { parseAsArrayOf, parseAsString } from "nuqs/server";

/** Variables of a dashboard in the address: `var=cluster:Dragon 1`, once a value; without one, all of them. */
export const dashboardParsers = { var: parseAsArrayOf(parseAsString, "|").withDefault([]) };

export function toVariables(texts: readonly string[]): Record<string, string[]> {
  const chosen: Record<string, string[]> = {};
  for (const text of texts) {
    const colon = text.indexOf(":");
    if (colon <= 0) continue;
    const name = text.slice(0, colon);
    chosen[name] = [...(chosen[name] ?? []), text.slice(colon + 1)];
  }
  return chosen;
}

/** The address after one value of a variable was chosen or left. */
export function toggled(texts: readonly string[], name: string, value: string): string[] {
  const text = `${name}:${value}`;
  return texts.includes(text) ? texts.filter((other) => other !== text) : [...texts, text];
}

export function without(texts: readonly string[], name: string): string[] {
  return texts.filter((text) => !text.startsWith(`${name}:`));
}
