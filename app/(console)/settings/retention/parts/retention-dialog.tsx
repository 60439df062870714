"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Kept, RetentionPreview } from "../../../../../server/features/settings/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { ConfirmDialog } from "../../../../_ui/confirm-dialog.tsx";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { TextField } from "../../../../_ui/text-field.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { daysInWords, keptNames, parseDays } from "./kept-words.ts";

/** Type a time, see what it drops, say why; what drops data asks for the word as well. */
export function RetentionDialog({ kept, onClose }: { kept: Kept; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState(kept.days === null ? "" : String(kept.days));
  const parsed = parseDays(text);
  const asked = parsed ?? { days: kept.days };
  const preview = useQuery(
    trpc.settings.previewRetention.queryOptions(
      { kind: kept.kind, ...asked },
      { enabled: parsed !== null, placeholderData: keepPreviousData, refetchInterval: false },
    ),
  );
  const change = useMutation(
    trpc.settings.setRetention.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(trpc.settings.retention.queryKey(), answer);
        notify({ tone: "ok", title: `${keptNames[kept.kind]}: kept ${daysInWords(asked.days)}.` });
        onClose();
      },
    }),
  );
  const drops = preview.data?.partitions.length ?? 0;
  const isReady = parsed !== null && preview.data !== undefined && !preview.isPlaceholderData;
  const failure = change.error ?? preview.error;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={keptNames[kept.kind]}
      description={`Kept for ${daysInWords(kept.days)} now; the default is ${daysInWords(kept.defaultDays)}.`}
      action={drops > 0 ? "Change and drop" : "Change"}
      typedName={drops > 0 ? "drop" : null}
      asksReason
      isBusy={change.isPending}
      error={failure ? toShownError(failure) : null}
      onConfirm={({ reason }) => isReady && change.mutate({ kind: kept.kind, ...asked, drops, reason })}
    >
      <TextField
        label="Keep for"
        unit="days"
        value={text}
        onChange={setText}
        inputMode="numeric"
        problem={parsed === null ? "Write whole days, 1 to 36,500, or nothing to keep it for good." : null}
        hint="Empty keeps it for good."
      />
      {preview.data && <Drops preview={preview.data} />}
    </ConfirmDialog>
  );
}

const named = 4;

function Drops({ preview: { partitions, sizeBytes } }: { preview: RetentionPreview }) {
  const first = partitions.at(0);
  const last = partitions.at(-1);
  if (!first || !last)
    return (
      <p className="sec" role="status">
        <Glyph tone="ok" /> Nothing that is there now is dropped.
      </p>
    );
  return (
    <div role="status">
      <p className="t-crit">
        <Glyph tone="crit" /> {formatNumber(partitions.length)}{" "}
        {partitions.length === 1 ? "partition" : "partitions"}, {formatBytes(sizeBytes)}, from{" "}
        <Time at={first.from} form="day" isQuiet /> to <Time at={last.to} form="day" isQuiet /> go for good
        within ten minutes.
      </p>
      <p className="dim mono text-11">
        {partitions
          .slice(0, named)
          .map(({ name }) => name)
          .join(", ")}
        {partitions.length > named && ` and ${partitions.length - named} more`}
      </p>
    </div>
  );
}
