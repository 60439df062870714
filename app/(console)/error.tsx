"use client";

import { StateBlock } from "../_ui/state-block.tsx";

type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** The page failed; navigation, status and everything else go on. */
export default function PageError({ error, reset }: PageErrorProps) {
  const isIncomplete = error.name === "ChunkLoadError";
  return (
    <StateBlock
      isPage
      tone="crit"
      title={isIncomplete ? "A part of this page did not come" : "This page stopped on an error of its own"}
      actions={
        <button type="button" className="btn btn-sm" onClick={isIncomplete ? reload : reset}>
          {isIncomplete ? "Load it anew" : "Try again"}
        </button>
      }
    >
      <p>
        {isIncomplete
          ? "The network was away, or the console was updated meanwhile."
          : "The other pages go on. If it stays so, the id below leads to the reason in the server's log."}
      </p>
      {error.digest && <p className="mono dim text-11">{error.digest}</p>}
    </StateBlock>
  );
}

function reload(): void {
  window.location.reload();
}
