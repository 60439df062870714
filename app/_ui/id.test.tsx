// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Id } from "./id.tsx";
import { TipLayer } from "./tip-layer.tsx";

const key = "0x059eb46b239e382a4cf09f4af6496343a04b9d8514b2d27b3664ac35a6d679a8";

beforeEach(() => {
  render(
    <>
      <Id value={key} what="node key" />
      <TipLayer />
    </>,
  );
});
afterEach(cleanup);

it("shows the ends of an id and tells assistive technology the whole", () => {
  expect(screen.getByText("0x059e…79a8").getAttribute("aria-hidden")).toBe("true");
  expect(screen.getByText(key)).toBeDefined();
});

it("copies the whole id and says so", async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Copy node key 0x059e…79a8" }));
  expect(await navigator.clipboard.readText()).toBe(key);
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Copied"));
});

it("shows the whole id on focus and takes it away with Escape", async () => {
  const user = userEvent.setup();
  await user.tab();
  expect((await screen.findByRole("tooltip")).textContent).toBe(key);
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
});

it("hands over the text itself where the browser refuses to copy", async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
  await user.click(screen.getByRole("button", { name: /Copy node key/ }));
  expect((await screen.findByRole("tooltip")).textContent).toContain(key);
});
