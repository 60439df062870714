import Download from "lucide-react/icons/download";
import X from "lucide-react/icons/x";
import { isOpenState, shareOf } from "../../../server/features/exports/rules.ts";
import type { ExportJob } from "../../../server/features/exports/schema.ts";
import { Button } from "../../_ui/button.tsx";
import { formatBytes } from "../../_ui/format/bytes.ts";
import { Glyph } from "../../_ui/glyph.tsx";
import { Icon } from "../../_ui/icon.tsx";
import { IconButton } from "../../_ui/icon-button.tsx";
import { useNow } from "../../_ui/now.tsx";
import { endWords, glyphs, nameOf, progressWords, restWords } from "./job-words.ts";
import { useCancelExport, useRemoveExport } from "./use-export-jobs.ts";

/** One export: how far it is and the way to stop it, or its file, or why there is none. */
export function JobRow({ job }: { job: ExportJob }) {
  return <li className="job">{isOpenState(job.state) ? <OpenJob job={job} /> : <EndedJob job={job} />}</li>;
}

function OpenJob({ job }: { job: ExportJob }) {
  const cancel = useCancelExport();
  const now = useNow();
  const share = shareOf(job);
  const percent = share === null ? null : Math.floor(share * 100);
  return (
    <>
      <div className="job-r">
        <b className="truncate">{nameOf(job)}</b>
        <span className="sp" />
        <Button
          kind="ghost"
          size="small"
          isBusy={cancel.isPending}
          aria-label={`Cancel ${nameOf(job)}`}
          onClick={() => cancel.mutate({ id: job.id })}
        >
          Cancel
        </Button>
      </div>
      <div
        className="prog"
        role="progressbar"
        aria-label={nameOf(job)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        data-unknown={percent === null || undefined}
      >
        <i style={percent === null ? undefined : { width: `${percent}%` }} />
      </div>
      <div className="job-r dim">
        <span>{progressWords(job)}</span>
        <span className="sp" />
        <span suppressHydrationWarning>{restWords(job, new Date(now))}</span>
      </div>
    </>
  );
}

function EndedJob({ job }: { job: ExportJob }) {
  const remove = useRemoveExport();
  const { tone, shape } = glyphs[job.state];
  return (
    <>
      <div className="job-r">
        <Glyph tone={tone} shape={shape} size={9} />
        <span className="truncate">{nameOf(job)}</span>
        <span className="sp" />
        {job.state === "done" && (
          <>
            <span className="dim">{formatBytes(job.bytes)}</span>
            <a
              className="iconbtn"
              href={`/api/exports/jobs/${job.id}`}
              download={job.fileName}
              aria-label={`Save ${job.fileName}`}
              data-tip={`Save ${job.fileName}`}
            >
              <Icon of={Download} size={14} />
            </a>
          </>
        )}
        <IconButton icon={X} label={`Remove ${nameOf(job)}`} onClick={() => remove.mutate({ id: job.id })} />
      </div>
      <p className={job.state === "failed" ? "job-end" : "job-end dim"}>{endWords(job)}</p>
    </>
  );
}
