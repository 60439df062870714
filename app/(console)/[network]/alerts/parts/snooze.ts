/** One step, so that a key can do it: longer is a silence, which has a reason. */
export const snoozeMs = 3_600_000;
