// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { beforeAll, expect, it, vi } from "vitest";
import { earlyClicksScript } from "./early-clicks-script.tsx";

// biome-ignore lint/security/noGlobalEval: the page runs this very text
beforeAll(() => globalThis.eval(earlyClicksScript));

it("makes a click again, once, when React has taken the button over", async () => {
  const { pressed, press, hydrate } = aPage();
  press("Probe");
  press("Probe");
  expect(pressed).toEqual([]);
  await hydrate();
  await vi.waitFor(() => expect(pressed).toEqual(["Probe"]));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(pressed).toEqual(["Probe"]);
});

it("makes the last of several clicks", async () => {
  const { pressed, press, hydrate } = aPage();
  press("Probe");
  press("Export");
  await hydrate();
  await vi.waitFor(() => expect(pressed).toEqual(["Export"]));
});

it("leaves clicks alone once the buttons work", async () => {
  const { pressed, press, hydrate } = aPage();
  await hydrate();
  press("Probe");
  press("Probe");
  expect(pressed).toEqual(["Probe", "Probe"]);
});

/** The HTML of a page with two buttons; React comes when the test says so. */
function aPage() {
  const pressed: string[] = [];
  const page = (
    <div>
      {["Probe", "Export"].map((name) => (
        <button key={name} type="button" onClick={() => pressed.push(name)}>
          {name}
        </button>
      ))}
    </div>
  );
  document.body.innerHTML = `<div>${renderToString(page)}</div>`;
  const root = document.body.firstElementChild;
  if (!root) throw new Error("There is no page.");
  const press = (name: string) =>
    [...document.querySelectorAll("button")].find((button) => button.textContent === name)?.click();
  return { pressed, press, hydrate: () => act(async () => void hydrateRoot(root, page)) };
}
