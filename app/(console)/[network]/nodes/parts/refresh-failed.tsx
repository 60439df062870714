import { toShownError } from "../../../../_client/shown-error.ts";
import { Banner } from "../../../../_ui/banner.tsx";
import { Button } from "../../../../_ui/button.tsx";

type RefreshFailedProps = {
  query: { data: unknown; error: unknown; isError: boolean; isFetching: boolean; refetch: () => unknown };
};

/** The last good data stays; this says that it is not the newest, and why. */
export function RefreshFailed({ query }: RefreshFailedProps) {
  if (!query.isError || query.data === undefined) return null;
  const { message, requestId } = toShownError(query.error);
  return (
    <Banner
      tone="warn"
      title="Not refreshed."
      actions={
        <Button size="small" isBusy={query.isFetching} onClick={() => void query.refetch()}>
          Retry
        </Button>
      }
    >
      {message}
      {requestId && <span className="mono"> req {requestId}</span>}
    </Banner>
  );
}
