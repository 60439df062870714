"use client";

import { useEffect } from "react";
import { useIsOnline } from "../_shell/use-is-online.ts";
import { Button } from "../_ui/button.tsx";
import { StateBlock } from "../_ui/state-block.tsx";

type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** The page failed; navigation, status and everything else go on. */
export default function PageError({ error, reset }: PageErrorProps) {
  const isOnline = useIsOnline();
  if (!isOnline) return <Offline />;
  if (error.name === "ChunkLoadError")
    return (
      <StateBlock
        isPage
        tone="crit"
        title="A part of this page did not come"
        actions={
          <Button size="small" onClick={reload}>
            Load it anew
          </Button>
        }
      >
        <p>The network was away, or the console was updated meanwhile.</p>
      </StateBlock>
    );
  return (
    <StateBlock
      isPage
      tone="crit"
      title="This page stopped on an error of its own"
      actions={
        <Button size="small" onClick={reset}>
          Try again
        </Button>
      }
    >
      <p>The other pages go on. If it stays so, the id below leads to the reason in the server's log.</p>
      {error.digest && <p className="mono dim text-11">{error.digest}</p>}
    </StateBlock>
  );
}

function Offline() {
  useEffect(() => {
    window.addEventListener("online", reload);
    return () => window.removeEventListener("online", reload);
  }, []);
  return (
    <StateBlock isPage tone="warn" title="This browser is offline">
      <p>The page could not be loaded. It loads by itself when the network is back.</p>
    </StateBlock>
  );
}

function reload(): void {
  window.location.reload();
}
