import "./sign-in.css";
import ArrowLeft from "lucide-react/icons/arrow-left";
import type { ReactNode } from "react";
import { Icon } from "../_ui/icon.tsx";

type StepHeadProps = {
  title: string;
  sub: ReactNode;
  /** The step before this one. */
  back?: { label: string; onClick: () => void };
};

export function StepHead({ title, sub, back }: StepHeadProps) {
  return (
    <div className="si-head">
      {back && (
        <button type="button" className="si-back" onClick={back.onClick}>
          <Icon of={ArrowLeft} size={13} />
          {back.label}
        </button>
      )}
      <h1>{title}</h1>
      <p className="si-sub">{sub}</p>
    </div>
  );
}
