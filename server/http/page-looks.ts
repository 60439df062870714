import { AsyncLocalStorage } from "node:async_hooks";

/** As app/_ui/looks.ts has it; a layout fills it in as soon as it knows who asks. */
type Looks = { numbers: string; density: string };

const looks = new AsyncLocalStorage<Looks>();

// Pages are another module instance, so they find it through globalThis.
Reflect.set(globalThis, Symbol.for("cere.console.looks"), looks);

/** Renders a page with looks of its own: formatters are plain functions, and many people's pages render at once. */
export function withOwnLooks<Result>(render: () => Result): Result {
  return looks.run({ numbers: "comma", density: "normal" }, render);
}
