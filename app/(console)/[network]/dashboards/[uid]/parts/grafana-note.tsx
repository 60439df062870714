"use client";

import RotateCw from "lucide-react/icons/rotate-cw";
import { useState } from "react";
import type { GrafanaState } from "../../../../../../server/features/dashboards/schema.ts";
import { Badge } from "../../../../../_ui/badge.tsx";
import { Banner } from "../../../../../_ui/banner.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { Time } from "../../../../../_ui/time.tsx";

export function GrafanaBadge({ state }: { state: GrafanaState }) {
  switch (state.kind) {
    case "absent":
      return <Badge tone="idle">Own charts</Badge>;
    case "up":
      return <Badge tone="ok">{`Grafana ${state.version ?? ""}`.trim()}</Badge>;
    case "down":
      return <Badge tone="warn">Grafana away</Badge>;
  }
}

type GrafanaNoteProps = { state: GrafanaState; onRetry: () => Promise<unknown> };

/** Only when there is something to say: a Grafana that is configured and does not answer. */
export function GrafanaNote({ state, onRetry }: GrafanaNoteProps) {
  const [isRetrying, setRetrying] = useState(false);
  const retry = () => {
    setRetrying(true);
    void onRetry().finally(() => setRetrying(false));
  };
  if (state.kind !== "down") return null;
  return (
    <Banner
      tone="warn"
      title={`${state.reason}.`}
      actions={
        <Button size="small" icon={RotateCw} isBusy={isRetrying} onClick={retry}>
          Try now
        </Button>
      }
    >
      Since <Time at={state.since} />. The panels are drawn by the console, from the same file and queries.
    </Banner>
  );
}
