import DatabaseZap from "lucide-react/icons/database-zap";
import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import type { ShownError } from "../_client/shown-error.ts";
import { Button } from "./button.tsx";
import { StateBlock } from "./state-block.tsx";

export type ErrorStateProps = {
  error: ShownError;
  /** What could not be shown: "latency". */
  what: string;
  onRetry?: (() => void) | undefined;
  isRetrying?: boolean | undefined;
  actions?: ReactNode;
  isPage?: boolean;
};

/** A failure as people need it: what, why, what to do, and the id that leads to it in the log. */
export function ErrorState({ error, what, onRetry, isRetrying, actions, isPage }: ErrorStateProps) {
  const page = isPage ? { isPage } : {};
  if (error.code === "forbidden")
    return (
      <StateBlock icon={Lock} title={`You cannot see ${what}`} actions={actions} {...page}>
        <p>{error.message}</p>
      </StateBlock>
    );
  if (error.code === "not_indexed")
    return (
      <StateBlock icon={DatabaseZap} title={`No index for ${what}`} actions={actions} {...page}>
        <p>{error.message} Until then it is unknown here, not zero.</p>
      </StateBlock>
    );
  return (
    <StateBlock
      tone="crit"
      title={error.code === "not_found" ? `There is no such ${what}` : `Could not load ${what}`}
      {...page}
      actions={
        <>
          {onRetry && error.code !== "not_found" && (
            <Button size="small" onClick={onRetry} isBusy={isRetrying === true}>
              Retry
            </Button>
          )}
          {actions}
        </>
      }
    >
      <p>{error.message}</p>
      {error.requestId && <RequestId id={error.requestId} />}
    </StateBlock>
  );
}

function RequestId({ id }: { id: string }) {
  return (
    <span className="dim mono text-11">
      req{" "}
      <button
        type="button"
        data-copy={id}
        data-tip="Copy the request id"
        aria-label={`Copy request id ${id}`}
      >
        {id}
      </button>
    </span>
  );
}
