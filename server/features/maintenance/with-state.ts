import { stateOfWindow } from "./state-of-window.ts";
import { timeWindowSchema } from "./time-schema.ts";

type TimedRow = { time: unknown; madeAt: Date; changedAt: Date; closesAt: Date };

/** A stored window of time as it is told: its times in RFC 3339, and where it is at `at`. */
export function withState<Row extends TimedRow>(row: Row, at: Date) {
  const { madeAt, changedAt, closesAt, time: stored, ...rest } = row;
  const time = timeWindowSchema.parse(stored);
  return {
    ...rest,
    time,
    madeAt: madeAt.toISOString(),
    changedAt: changedAt.toISOString(),
    closesAt: closesAt.toISOString(),
    ...stateOfWindow({ time, closesAt }, at),
  };
}
