// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { RangeText } from "./presets.ts";
import { RangeForm } from "./range-form.tsx";

afterEach(cleanup);

function open(range: RangeText = { from: "now-3h", to: "now" }, asOf: string | null = null) {
  const onChoose = vi.fn();
  render(<RangeForm range={range} asOf={asOf} zone="utc" onZone={() => {}} onChoose={onChoose} />);
  return { onChoose, user: userEvent.setup() };
}

it("takes a preset with one press", async () => {
  const { onChoose, user } = open();
  await user.click(screen.getByRole("button", { name: "Last 24 hours" }));
  expect(onChoose).toHaveBeenCalledWith({ from: "now-24h", to: "now" }, null);
});

it("marks the preset that is shown", () => {
  open();
  expect(screen.getByRole("button", { name: "Last 3 hours" }).getAttribute("aria-current")).toBe("true");
});

it("takes typed times with Enter", async () => {
  const { onChoose, user } = open();
  await user.clear(screen.getByLabelText("From"));
  await user.type(screen.getByLabelText("From"), "2020-07-14 00:31:08");
  await user.clear(screen.getByLabelText("To"));
  await user.type(screen.getByLabelText("To"), "2020-07-14 03:31:08{Enter}");
  expect(onChoose).toHaveBeenCalledWith(
    { from: "2020-07-14T00:31:08.000Z", to: "2020-07-14T03:31:08.000Z" },
    null,
  );
});

it("says at the field what it does not understand, and chooses nothing", async () => {
  const { onChoose, user } = open();
  await user.clear(screen.getByLabelText("From"));
  await user.type(screen.getByLabelText("From"), "tomorrow{Enter}");
  expect(screen.getByRole("alert").textContent).toContain("This is no time");
  expect(screen.getByLabelText("From").getAttribute("aria-invalid")).toBe("true");
  expect(onChoose).not.toHaveBeenCalled();
});

it("refuses a range that ends before it starts", async () => {
  const { onChoose, user } = open();
  await user.clear(screen.getByLabelText("To"));
  await user.type(screen.getByLabelText("To"), "-5h{Enter}");
  expect(screen.getByRole("alert").textContent).toContain("empty");
  expect(onChoose).not.toHaveBeenCalled();
});

it("takes a moment that the page is seen at, and lets it go when the field is emptied", async () => {
  const { onChoose, user } = open();
  await user.type(screen.getByLabelText("As of"), "2020-07-14 03:31:08{Enter}");
  expect(onChoose).toHaveBeenLastCalledWith({ from: "now-3h", to: "now" }, "2020-07-14T03:31:08.000Z");
  cleanup();
  const again = open({ from: "now-3h", to: "now" }, "2020-07-14T03:31:08.000Z");
  await again.user.clear(screen.getByLabelText("As of"));
  await again.user.click(screen.getByRole("button", { name: /Apply/ }));
  expect(again.onChoose).toHaveBeenLastCalledWith({ from: "now-3h", to: "now" }, null);
});
