import { useEffect, useEffectEvent } from "react";

/**
 * What was typed, or filled in by a password manager, before React took the field over stands in the field and not in
 * any state: the next change of another field would wipe it out.
 */
export function useEarlyTyping(id: string, value: string, onChange: (value: string) => void): void {
  const takeOver = useEffectEvent(() => {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement && input.value !== value) onChange(input.value);
  });
  useEffect(() => takeOver(), []);
}
