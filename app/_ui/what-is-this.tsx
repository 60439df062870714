"use client";

import CircleHelp from "lucide-react/icons/circle-question-mark";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button.tsx";
import { Popover } from "./popover.tsx";

type WhatIsThisProps = {
  /** "Latency p99" */
  title: string;
  /** What it is and how it is measured, in two sentences. */
  children: ReactNode;
  /** Its page under /docs, which says more. */
  doc?: string;
};

/** Explains a page or a figure where it stands. */
export function WhatIsThis({ title, children, doc }: WhatIsThisProps) {
  return (
    <Popover
      label={`What is ${title}`}
      trigger={(trigger) => <IconButton icon={CircleHelp} label="What is this" {...trigger} />}
    >
      {() => (
        <div className="pop-b grid gap-1.5">
          <h2 className="font-medium">{title}</h2>
          <div className="sec grid gap-1.5">{children}</div>
          {doc && (
            <a className="lk" href={`/docs/${doc}`}>
              Read more
            </a>
          )}
        </div>
      )}
    </Popover>
  );
}
