/** How numbers are written: 1,234.5, 1.234,5 or 1 234.5. */
export const numberStyles = ["comma", "point", "space"] as const;
export type NumberStyle = (typeof numberStyles)[number];

export const densities = ["normal", "compact"] as const;
export type Density = (typeof densities)[number];

export type Looks = { numbers: NumberStyle; density: Density };

const defaultLooks: Looks = { numbers: "comma", density: "normal" };

/** On the server: as the person of this request has chosen. */
export function looksOfRequest(): Looks {
  return storeOfRequest() ?? defaultLooks;
}

/** From here on this request is rendered so. */
export function takeLooks(looks: Looks): void {
  Object.assign(storeOfRequest() ?? {}, looks);
}

/** Filled by server/http/page-looks.ts: one object a request, so that two people's pages do not mix. */
const slotKey = Symbol.for("cere.console.looks");

type Slot = { getStore(): Looks | undefined };

function storeOfRequest(): Looks | undefined {
  const slot: Slot | undefined = Reflect.get(globalThis, slotKey);
  return slot?.getStore();
}
