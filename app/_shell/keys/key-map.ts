import { consolePages } from "../pages.ts";

export type KeyEntry = { what: string; keys: readonly string[] };
export type KeyGroup = { title: string; entries: readonly KeyEntry[] };

/** Every key that does something, where it does it: the dialog behind "?" shows this and nothing else. */
export const keyMap: readonly KeyGroup[] = [
  {
    title: "Everywhere",
    entries: [
      { what: "Search, paste any id", keys: ["Ctrl", "K"] },
      { what: "These keys", keys: ["?"] },
      { what: "Close, or leave a field", keys: ["Esc"] },
    ],
  },
  {
    title: "Go to",
    entries: consolePages.map(({ label, letter }) => ({ what: label, keys: ["g", letter] })),
  },
  {
    title: "Time",
    entries: [
      { what: "One range back", keys: ["["] },
      { what: "One range forward", keys: ["]"] },
    ],
  },
  {
    title: "Lists",
    entries: [
      { what: "Filter the list", keys: ["/"] },
      { what: "Next row", keys: ["j"] },
      { what: "Previous row", keys: ["k"] },
      { what: "Select a row", keys: ["x"] },
      { what: "Select up to here", keys: ["Shift", "x"] },
      { what: "Look at a row", keys: ["o"] },
      { what: "Open a row", keys: ["↵"] },
      { what: "Open a row in a tab", keys: ["Ctrl", "↵"] },
      { what: "Make a column wider, narrower", keys: ["Alt", "→", "←"] },
      { what: "Add a column to the order", keys: ["Shift", "↵"] },
    ],
  },
  {
    title: "Alerts",
    entries: [
      { what: "Acknowledge", keys: ["e"] },
      { what: "Assign to somebody", keys: ["a"] },
      { what: "Silence", keys: ["s"] },
      { what: "Snooze for an hour", keys: ["z"] },
      { what: "Put back into the queue", keys: ["u"] },
    ],
  },
  {
    title: "Search and palette",
    entries: [
      { what: "Move", keys: ["↑", "↓"] },
      { what: "Open", keys: ["↵"] },
      { what: "Open in a tab", keys: ["Ctrl", "↵"] },
      { what: "Pin or let go", keys: ["Alt", "P"] },
    ],
  },
];

/** Groups with the entries that every word fits, by what they do or by the key itself; empty groups are left out. */
export function findKeys(groups: readonly KeyGroup[], text: string): KeyGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(({ title, entries }) => ({
      title,
      entries: entries.filter(({ what, keys }) => {
        const own = `${title} ${what} ${keys.join(" ")}`.toLowerCase();
        return words.every((word) => own.includes(word));
      }),
    }))
    .filter(({ entries }) => entries.length > 0);
}
