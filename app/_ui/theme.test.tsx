// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { resolveTheme, setTheme, useThemeChoice } from "./theme.ts";
import { themeScript } from "./theme-script.tsx";

function systemIsLight(isLight: boolean) {
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    Object.assign(new EventTarget(), {
      matches: isLight === query.includes("light"),
      media: query,
      onchange: null,
      addListener() {},
      removeListener() {},
    }),
  );
}

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it("follows the system while nothing else was chosen", () => {
  const system = Object.assign(new EventTarget(), { matches: true });
  vi.spyOn(window, "matchMedia").mockReturnValue(system as unknown as MediaQueryList);
  // biome-ignore lint/security/noGlobalEval: the page runs this very text
  globalThis.eval(themeScript);
  expect(document.documentElement.dataset.theme).toBe("light");
  system.matches = false;
  system.dispatchEvent(new Event("change"));
  expect(document.documentElement.dataset.theme).toBe("dark");
  localStorage.setItem("theme", "light");
  system.dispatchEvent(new Event("change"));
  expect(document.documentElement.dataset.theme).toBe("light");
});

describe("before the first paint", () => {
  it.each(["dark", "light", "system", null, "mauve"])(
    "the script decides as the application does for %s",
    (stored) => {
      for (const isLight of [true, false]) {
        systemIsLight(isLight);
        if (stored !== null) localStorage.setItem("theme", stored);
        // biome-ignore lint/security/noGlobalEval: the page runs this very text
        globalThis.eval(themeScript);
        expect(document.documentElement.dataset.theme).toBe(resolveTheme(stored, isLight));
      }
    },
  );
});

it("is light on paper, and afterwards what it was", () => {
  systemIsLight(false);
  // biome-ignore lint/security/noGlobalEval: the page runs this very text
  globalThis.eval(themeScript);
  window.dispatchEvent(new Event("beforeprint"));
  expect(document.documentElement.dataset.theme).toBe("light");
  window.dispatchEvent(new Event("afterprint"));
  expect(document.documentElement.dataset.theme).toBe("dark");
});

function Choice() {
  return <p>{useThemeChoice()}</p>;
}

it("changes at once, everywhere, and is remembered", () => {
  systemIsLight(false);
  render(<Choice />);
  expect(screen.getByText("system")).toBeDefined();
  act(() => setTheme("light"));
  expect(screen.getByText("light")).toBeDefined();
  expect(document.documentElement.dataset.theme).toBe("light");
  expect(localStorage.getItem("theme")).toBe("light");
});
