import { looksOfRequest, type NumberStyle, numberStyles } from "./request-looks.ts";
import { storedChoice } from "./stored-choice.ts";

const numbers = storedChoice<NumberStyle>("numbers", numberStyles);
export const onNumberStyle = numbers.subscribe;

let known: NumberStyle | null = null;

/** For formatters, which are no hooks. */
export function numberStyle(): NumberStyle {
  if (typeof window === "undefined") return looksOfRequest().numbers;
  known ??= numbers.read();
  return known;
}

export function setNumberStyle(next: NumberStyle): void {
  known = next;
  numbers.write(next);
}
