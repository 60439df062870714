// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useKey } from "./use-key.ts";

afterEach(cleanup);

function Page({ act }: { act: (() => void) | null }) {
  useKey("c", act);
  return <input aria-label="Search" />;
}

describe("a single key", () => {
  it("acts on the page", async () => {
    const act = vi.fn();
    render(<Page act={act} />);
    await userEvent.keyboard("c");
    expect(act).toHaveBeenCalledTimes(1);
  });

  it("writes a letter while somebody types", async () => {
    const act = vi.fn();
    render(<Page act={act} />);
    const search = screen.getByRole("textbox", { name: "Search" });
    await userEvent.type(search, "c");
    expect([act.mock.calls.length, search]).toEqual([0, expect.objectContaining({ value: "c" })]);
  });

  it("leaves the browser its own keys", async () => {
    const act = vi.fn();
    render(<Page act={act} />);
    await userEvent.keyboard("{Control>}c{/Control}{Meta>}c{/Meta}");
    expect(act).not.toHaveBeenCalled();
  });

  it("does nothing while the action cannot be done", async () => {
    const act = vi.fn();
    const { rerender } = render(<Page act={act} />);
    rerender(<Page act={null} />);
    await userEvent.keyboard("c");
    expect(act).not.toHaveBeenCalled();
  });
});
