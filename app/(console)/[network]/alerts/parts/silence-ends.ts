const hourMs = 3_600_000;

export const silenceEnds = [
  { value: "1h", label: "1 h", forMs: hourMs },
  { value: "4h", label: "4 h", forMs: 4 * hourMs },
  { value: "1d", label: "1 day", forMs: 24 * hourMs },
  { value: "7d", label: "7 days", forMs: 168 * hourMs },
] as const;
