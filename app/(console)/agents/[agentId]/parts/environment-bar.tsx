"use client";

import type { ReactNode } from "react";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { EnvBadge } from "../../parts/env-badge.tsx";
import { type Environment, environmentOptions } from "./use-place-of-agent.ts";

type EnvironmentBarProps = {
  environment: Environment;
  onChange: (environment: Environment) => void;
  /** What is in force there, in a few words. */
  children?: ReactNode;
  end?: ReactNode;
};

/** Which environment the view is about, marked so that nobody takes prod for another. */
export function EnvironmentBar({ environment, onChange, children, end }: EnvironmentBarProps) {
  return (
    <div className="bar" role="toolbar" aria-label="Environment">
      <Segmented label="Environment" value={environment} onChange={onChange} options={environmentOptions} />
      <EnvBadge environment={environment} />
      <span className="sec text-12">{children}</span>
      <div className="ml-auto flex items-center gap-2">{end}</div>
    </div>
  );
}
