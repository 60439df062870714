"use client";

import { type ShownError, toShownError } from "../_client/shown-error.ts";
import { ErrorState } from "../_ui/error-state.tsx";

type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** The page failed; navigation, status and everything else go on. */
export default function PageError({ error, reset }: PageErrorProps) {
  const isOutdated = error.name === "ChunkLoadError";
  const retry = isOutdated ? () => window.location.reload() : reset;
  return <ErrorState isPage what="this page" error={isOutdated ? outdated : shown(error)} onRetry={retry} />;
}

const outdated: ShownError = {
  code: "unreachable",
  message:
    "A part of the page did not come: the network was away, or the console was updated meanwhile. Load it anew.",
  details: {},
  requestId: null,
};

/** An error of the page's own code comes without words for people, from the server only with a digest. */
function shown(error: Error & { digest?: string }): ShownError {
  const known = toShownError(error);
  if (known.code !== "unreachable") return known;
  return {
    code: "internal",
    message: "The page stopped on an error of its own. The other pages go on; try again, or open it anew.",
    details: {},
    requestId: error.digest ?? null,
  };
}
