import { useEffect, useState } from "react";

const restMs = 400;

/** The value once nobody changed it for a moment: what is asked while somebody types would be asked in vain. */
export function useSettled<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  useEffect(() => {
    if (text === settled.text) return;
    const rest = setTimeout(() => setSettled({ text, value }), restMs);
    return () => clearTimeout(rest);
  }, [text, value, settled.text]);
  return settled.value;
}
