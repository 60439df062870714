"use client";

import Download from "lucide-react/icons/download";
import { Icon } from "../../_ui/icon.tsx";
import { closeTray, openTray, useIsTrayOpen } from "./tray-choice.ts";
import { countOpen, useExportJobs } from "./use-export-jobs.ts";

/** In the top bar as soon as there is an export: how many are being written, and the way to the tray. */
export function JobsButton() {
  const { data: jobs = [] } = useExportJobs();
  const isOpen = useIsTrayOpen();
  if (jobs.length === 0) return null;
  const open = countOpen(jobs);
  const words = open === 0 ? "Exports, none running" : `Exports, ${open} running`;
  return (
    <button
      type="button"
      className="btn jobsbtn"
      data-jobs-button=""
      data-running={open > 0 || undefined}
      aria-label={words}
      aria-expanded={isOpen}
      aria-controls={isOpen ? "jobs" : undefined}
      data-tip={words}
      onClick={() => (isOpen ? closeTray() : openTray({ takeFocus: true }))}
    >
      <Icon of={Download} size={14} />
      {open > 0 && <span>{open}</span>}
    </button>
  );
}
