// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { NowProvider } from "../_ui/now.tsx";
import { SignInSteps } from "./sign-in-steps.tsx";

const asked = vi.fn<typeof fetch>();
const left = vi.fn<(url: string | URL) => void>();

beforeEach(() => {
  vi.stubGlobal("fetch", asked);
  vi.spyOn(window.location, "replace").mockImplementation(left);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  asked.mockReset();
  left.mockReset();
});

it("sends what was typed and leads to the page that was asked for", async () => {
  asked.mockResolvedValue(Response.json({}));
  await signIn();
  expect(asked.mock.calls[0]?.[0]).toBe("/api/auth/sign-in");
  expect(JSON.parse(String(asked.mock.calls[0]?.[1]?.body))).toEqual({
    email: "ana@test.local",
    password: "a test password",
  });
  await waitFor(() => expect(left).toHaveBeenCalledWith("/mainnet/nodes"));
});

it("says that a sign-in was wrong, keeps the e-mail and asks for the password again", async () => {
  const problem = { title: "E-mail or password is wrong.", detail: "4 more tries.", requestId: "r-1" };
  asked.mockResolvedValue(Response.json(problem, { status: 401 }));
  await signIn();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("E-mail or password is wrong.");
  expect(alert.textContent).toContain("4 more tries.");
  expect(alert.textContent).toContain("r-1");
  expect(emailField().value).toBe("ana@test.local");
  expect(passwordField().value).toBe("");
  expect(document.activeElement).toBe(passwordField());
  expect(left).not.toHaveBeenCalled();
});

it("says how long to wait after too many tries, and asks nothing until then", async () => {
  const problem = { title: "No password is checked.", retryAfterSeconds: 894 };
  asked.mockResolvedValue(Response.json(problem, { status: 429 }));
  await signIn();
  const button = await screen.findByRole("button", { name: /Try again in 14 m/ });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  await userEvent.type(passwordField(), "another password{Enter}");
  expect(asked).toHaveBeenCalledTimes(1);
});

it("says so when the server cannot be reached", async () => {
  asked.mockRejectedValue(new TypeError("fetch failed"));
  await signIn();
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be reached");
});

it("asks for the second factor before it leads on", async () => {
  asked.mockResolvedValueOnce(Response.json({ challenge: "c-1" })).mockResolvedValueOnce(Response.json({}));
  await signIn();
  await userEvent.type(await screen.findByLabelText("Code"), "123456{Enter}");
  expect(left).toHaveBeenCalledWith("/mainnet/nodes");
  expect(asked.mock.calls[1]?.[0]).toBe("/api/auth/second-factor");
  expect(JSON.parse(String(asked.mock.calls[1]?.[1]?.body))).toEqual({ challenge: "c-1", code: "123456" });
});

it("offers a provider only where one is configured, and says where there is no mail", async () => {
  open();
  expect(screen.queryByRole("button", { name: /^Continue with Dragon/ })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Forgot it" }));
  expect(screen.getByText("This console sends no mail.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Send the link" })).toBeNull();
});

it("takes the address that was typed along to who forgot the password", async () => {
  open({ sendsMail: true });
  await userEvent.type(screen.getByLabelText("E-mail"), "a@b.test");
  await userEvent.click(screen.getByRole("button", { name: "Forgot it" }));
  expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("a@b.test");
});

it("shows the password on request", async () => {
  open();
  expect(passwordField().type).toBe("password");
  await userEvent.click(screen.getByRole("button", { name: "Show password" }));
  expect(passwordField().type).toBe("text");
});

function open({ sendsMail = false } = {}): void {
  render(
    <NowProvider at={0}>
      <SignInSteps
        target="/mainnet/nodes"
        sub="to open Nodes"
        isEnded={false}
        providerRefusal={null}
        ways={{ providerName: null, sendsMail }}
      />
    </NowProvider>,
  );
}

async function signIn(): Promise<void> {
  open();
  await userEvent.type(emailField(), "ana@test.local");
  await userEvent.type(passwordField(), "a test password{Enter}");
}

function emailField(): HTMLInputElement {
  return screen.getByLabelText("E-mail");
}

function passwordField(): HTMLInputElement {
  return screen.getByLabelText("Password");
}
