import type { ReactNode } from "react";
import { StateBlock } from "./state-block.tsx";

export type EmptyStateProps = {
  /** "No refused reads" */
  title: string;
  /** What was searched and what would fill it. */
  children?: ReactNode;
  actions?: ReactNode;
  isPage?: boolean;
};

export function EmptyState({ title, children, actions, isPage }: EmptyStateProps) {
  return (
    <StateBlock title={title} actions={actions} {...(isPage && { isPage })}>
      {children && <p>{children}</p>}
    </StateBlock>
  );
}
