import type { ReactNode } from "react";

type PageHeadProps = {
  title: string;
  /** A badge beside the title. */
  badge?: ReactNode;
  /** The "what is this" button. */
  what?: ReactNode;
  /** Counts and ids that say what is on the page. */
  meta?: ReactNode;
  actions?: ReactNode;
};

export function PageHead({ title, badge, what, meta, actions }: PageHeadProps) {
  return (
    <div className="phead">
      <h1>{title}</h1>
      {badge}
      {what}
      {meta && <div className="phead-meta">{meta}</div>}
      {actions && <div className="phead-acts">{actions}</div>}
    </div>
  );
}
