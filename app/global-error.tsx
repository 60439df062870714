"use client";

/** The frame itself failed: nothing of it can be relied on, so this stands alone. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en" data-theme="dark">
      <body>
        <main className="state state-page">
          <h1>The console could not be shown</h1>
          <p>Reload the page. If it stays so, the id below leads to the reason in the server's log.</p>
          {error.digest && <p className="mono">{error.digest}</p>}
          <p>
            <button type="button" className="btn" onClick={reset}>
              Try again
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
