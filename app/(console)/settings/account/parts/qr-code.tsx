/** Rows of "0" and "1", dark on light in both themes: scanners expect it so. */
export function QrCode({ rows }: { rows: readonly string[] }) {
  const quiet = 4;
  const size = rows.length + 2 * quiet;
  const path = rows.flatMap((row, y) =>
    [...row].flatMap((cell, x) => (cell === "1" ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : [])),
  );
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code for the authenticator app"
    >
      <rect width={size} height={size} />
      <path d={path.join("")} />
    </svg>
  );
}
