const minuteMs = 60_000;

/** Newest requests of one content that its edges are made of; more are not looked at, and the evidence says so. */
export const countedRequests = 2_000;
/** Days of usage and charges that a bucket's edges go back. */
export const chargedDays = 14;

/** When a thing that was last used at `usedAt` is read again: what rests is looked at less and less often. */
export function nextSourceRead(usedAt: Date | null, now: Date): Date {
  const restedMs = usedAt === null ? 0 : Math.max(0, now.getTime() - usedAt.getTime());
  const pauseMs =
    usedAt === null ? 60 * minuteMs : Math.min(24 * 60 * minuteMs, Math.max(5 * minuteMs, restedMs / 2));
  return new Date(now.getTime() + pauseMs);
}

/** A day of charges is known in full when it is over; until then it is so from now on. */
export function knownSince(day: string, now: Date): Date {
  const endsAt = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * minuteMs);
  return endsAt < now ? endsAt : now;
}
