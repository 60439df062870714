"use client";

import ChevronDown from "lucide-react/icons/chevron-down";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { toShownError } from "../../_client/shown-error.ts";
import { IconButton } from "../../_ui/icon-button.tsx";
import { JobRow } from "./job-row.tsx";
import { closeTray, takeFocusWish } from "./tray-choice.ts";
import { countOpen, useExportJobs } from "./use-export-jobs.ts";

/** Newest first; Esc puts it away and the keyboard back on its button. */
export function JobTrayPanel() {
  const { data: jobs, error } = useExportJobs();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takeFocusWish()) panel.current?.focus();
  }, []);
  const close = () => {
    closeTray();
    document.querySelector<HTMLElement>("[data-jobs-button]")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  };
  return (
    <section ref={panel} id="jobs" className="tray" aria-label="Exports" tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="tray-h">
        <h2 role="status">{headline(jobs ? countOpen(jobs) : null)}</h2>
        <span className="sp" />
        <IconButton icon={ChevronDown} label="Put away" onClick={close} />
      </div>
      {error && !jobs && <p className="job t-crit">{toShownError(error).message}</p>}
      {jobs?.length === 0 && <p className="job dim">No exports. “Export” on a page puts one here.</p>}
      {jobs && jobs.length > 0 && (
        <ul className="tray-list">
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      )}
    </section>
  );
}

function headline(open: number | null): string {
  if (open === null) return "Exports";
  if (open === 0) return "No job running";
  return open === 1 ? "1 job running" : `${open} jobs running`;
}
