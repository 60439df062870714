/** What a key asks of the table. */
export type RowAction =
  | { kind: "move"; to: number }
  | { kind: "select"; isRange: boolean }
  | { kind: "open" }
  | { kind: "peek" };

export type Pressed = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** `at` is the row that has the focus, -1 before any has; `pageRows` is what one screen holds. */
export type RowPlace = { at: number; count: number; pageRows: number };

export function rowAction(pressed: Pressed, place: RowPlace): RowAction | null {
  const { at, count, pageRows } = place;
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || count === 0) return null;
  const move = (to: number): RowAction => ({ kind: "move", to: Math.max(0, Math.min(count - 1, to)) });
  switch (pressed.key) {
    case "j":
    case "ArrowDown":
      return move(at + 1);
    case "k":
    case "ArrowUp":
      return move(at - 1);
    case "Home":
      return move(0);
    case "End":
      return move(count - 1);
    case "PageDown":
      return move(at + pageRows);
    case "PageUp":
      return move(at - pageRows);
    case "x":
    case "X":
    case " ":
      return at < 0 ? null : { kind: "select", isRange: pressed.shiftKey };
    case "o":
      return at < 0 ? null : { kind: "peek" };
    case "Enter":
      return at < 0 ? null : { kind: "open" };
    default:
      return null;
  }
}

/** The keys that also act while nothing has the focus. */
export function worksAnywhere(key: string): boolean {
  return ["j", "k", "x", "o"].includes(key);
}
