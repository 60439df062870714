const hourMs = 3_600_000;

/**
 * How much of its average a place does at a time: quiet before dawn, most in the early evening, a little less at
 * weekends. About 1 over a week.
 */
export function rhythm(at: number, utcOffsetHours: number): number {
  const local = new Date(at + utcOffsetHours * hourMs);
  const hour = local.getUTCHours() + local.getUTCMinutes() / 60 + local.getUTCSeconds() / 3600;
  const day = local.getUTCDay();
  const ofDay =
    1 + 0.42 * Math.sin(((hour - 10.5) / 24) * 2 * Math.PI) + 0.1 * Math.sin(((hour - 6) / 12) * 2 * Math.PI);
  const ofWeek = day === 0 || day === 6 ? 0.82 : 1.07;
  // Slow drift and small waves, so that no two hours look alike.
  const drift = 1 + 0.05 * Math.sin(at / (hourMs * 1.7)) + 0.03 * Math.sin(at / (hourMs * 0.23));
  return ofDay * ofWeek * drift;
}
