"use client";

import type { CSSProperties, ReactNode } from "react";
import { Age, type AgeProps } from "./age.tsx";
import { cx } from "./cx.ts";
import { EmptyState, type EmptyStateProps } from "./empty-state.tsx";
import { ErrorState, type ErrorStateProps } from "./error-state.tsx";
import { PanelSkeleton } from "./panel-skeleton.tsx";
import { tabStopWhileScrolling } from "./tab-stop-while-scrolling.ts";

/** In this order: loading, failed (also: no permission, not indexed), empty, data. */
export type PanelState =
  | { kind: "pending" }
  | ({ kind: "failed" } & ErrorStateProps)
  | ({ kind: "empty" } & EmptyStateProps)
  | { kind: "data" };

export type PanelProps = {
  title: string;
  /** The unit or what is shown: "per second, by type". */
  sub?: ReactNode;
  age?: AgeProps | null | undefined;
  actions?: ReactNode;
  state?: PanelState;
  /** What is shown while loading: give it the height of the real thing. */
  skeleton?: ReactNode;
  /** Tables run to the panel's edges. */
  isFlush?: boolean;
  /** Last good values after a failed refresh. */
  isDimmed?: boolean;
  className?: string;
  style?: CSSProperties;
  children?: ReactNode;
};

/** One cell of a sheet. */
export function Panel(props: PanelProps) {
  const { title, sub, age, actions, state = { kind: "data" }, isFlush, isDimmed, className, style } = props;
  return (
    <section
      ref={isFlush ? tabStopWhileScrolling : null}
      className={cx("panel", isFlush && "panel-flush", className)}
      style={style}
      aria-label={title}
      aria-busy={state.kind === "pending" || undefined}
    >
      <header className="panel-h">
        <h2>{title}</h2>
        {sub && <span className="panel-sub">{sub}</span>}
        {(actions || age) && (
          <div className="panel-acts">
            {actions}
            {age && <Age {...age} />}
          </div>
        )}
      </header>
      <PanelBody state={state} skeleton={props.skeleton} isDimmed={isDimmed === true}>
        {props.children}
      </PanelBody>
    </section>
  );
}

type PanelBodyProps = { state: PanelState; skeleton: ReactNode; isDimmed: boolean; children: ReactNode };

function PanelBody({ state, skeleton, isDimmed, children }: PanelBodyProps) {
  switch (state.kind) {
    case "pending":
      return skeleton ?? <PanelSkeleton />;
    case "failed":
      return <ErrorState {...state} />;
    case "empty":
      return <EmptyState {...state} />;
    case "data":
      return isDimmed ? <div className="panel-dim">{children}</div> : children;
  }
}
