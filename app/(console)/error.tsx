"use client";

import { toShownError } from "../_client/shown-error.ts";
import { ErrorState } from "../_ui/error-state.tsx";

type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** The page failed; navigation, status and everything else go on. */
export default function PageError({ error, reset }: PageErrorProps) {
  return <ErrorState isPage what="this page" error={shown(error)} onRetry={reset} />;
}

/** An error of the page's own code comes without words for people, from the server only with a digest. */
function shown(error: Error & { digest?: string }) {
  const known = toShownError(error);
  if (known.code !== "unreachable") return known;
  return {
    code: "internal" as const,
    message: "The page stopped on an error of its own. The other pages go on; try again, or open it anew.",
    details: {},
    requestId: error.digest ?? null,
  };
}
