"use client";

import X from "lucide-react/icons/x";
import type { Ref } from "react";
import { Icon } from "./icon.tsx";

type FilterChipProps = {
  /** "status" */
  field: string;
  /** "is any of" */
  operator: string;
  /** "degraded, silent" */
  value: string;
  /** Opens its editor; without one the chip can only be removed. */
  onEdit?: () => void;
  onRemove: () => void;
  editRef?: Ref<HTMLButtonElement>;
};

/** One filter that is on. */
export function FilterChip({ field, operator, value, onEdit, onRemove, editRef }: FilterChipProps) {
  const words = (
    <>
      <span>{field}</span>
      <span>{operator}</span>
      {value}
    </>
  );
  return (
    <span className="fchip">
      {onEdit ? (
        <button ref={editRef} type="button" className="fchip-main" onClick={onEdit} aria-haspopup="dialog">
          {words}
        </button>
      ) : (
        <span className="fchip-main">{words}</span>
      )}
      <button type="button" className="fchip-x" aria-label={`Remove filter ${field}`} onClick={onRemove}>
        <Icon of={X} size={12} />
      </button>
    </span>
  );
}
