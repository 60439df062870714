/** Tells on the way what each part took, in seconds since it was made. */
export function stopwatch(): (what: string) => void {
  const since = Date.now();
  return (what) => process.stdout.write(`  ${what} after ${((Date.now() - since) / 1_000).toFixed(1)} s\n`);
}
