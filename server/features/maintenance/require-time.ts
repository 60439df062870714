import { invalid } from "../../kernel/errors.ts";
import { type TimeWindow, windowProblem } from "../../kernel/time-window.ts";

/** Throws, with the reason, when it cannot be a window. */
export function requireTime(time: TimeWindow, at: Date): void {
  const problem = windowProblem(time, at);
  if (problem !== null) throw invalid(problem);
}
