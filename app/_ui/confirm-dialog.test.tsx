// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { ConfirmDialog } from "./confirm-dialog.tsx";

afterEach(cleanup);

async function open(more: { typedName?: string; asksReason?: boolean } = {}) {
  const onConfirm = vi.fn();
  const onClose = vi.fn();
  render(
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title="Drain fsn1-s07 on mainnet?"
      description="55.1 TiB moves to 11 nodes."
      action="Drain node"
      onConfirm={onConfirm}
      {...more}
    />,
  );
  await screen.findByRole("dialog");
  const button = () => screen.getByRole("button", { name: /Drain node/ });
  return { onConfirm, onClose, button, user: userEvent.setup() };
}

it("stays shut until the exact name is typed, and says what is missing", async () => {
  const { onConfirm, button, user } = await open({ typedName: "fsn1-s07" });
  expect(button().getAttribute("aria-disabled")).toBe("true");
  expect(button().textContent).toContain("Type fsn1-s07 first");
  await user.type(screen.getByLabelText(/Type fsn1-s07 to confirm/), "fsn1-s0");
  await user.click(button());
  expect(onConfirm).not.toHaveBeenCalled();
  await user.type(screen.getByLabelText(/Type fsn1-s07 to confirm/), "7");
  await user.click(button());
  expect(onConfirm).toHaveBeenCalledWith({ reason: "" });
});

it("asks for a reason first where one is kept", async () => {
  const { onConfirm, button, user } = await open({ asksReason: true, typedName: "fsn1-s07" });
  expect(button().textContent).toContain("Needs a reason");
  await user.type(screen.getByLabelText("Reason"), "  INC-88  ");
  await user.type(screen.getByLabelText(/to confirm/), "fsn1-s07{Enter}");
  expect(onConfirm).toHaveBeenCalledWith({ reason: "INC-88" });
});

it("needs one click where nothing can go wrong", async () => {
  const { onConfirm, button, user } = await open();
  await user.click(button());
  expect(onConfirm).toHaveBeenCalledOnce();
});

it("closes with Escape and does nothing", async () => {
  const { onConfirm, onClose, user } = await open();
  await user.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalledOnce();
  expect(onConfirm).not.toHaveBeenCalled();
});
