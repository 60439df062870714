// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useStayWhenOffline } from "./stay-when-offline.ts";

function Links({ onGo }: { onGo: (href: string) => void }) {
  useStayWhenOffline();
  return (
    <a
      href="/mainnet/nodes"
      onClick={(event) => {
        event.preventDefault();
        onGo("/mainnet/nodes");
      }}
    >
      Nodes
    </a>
  );
}

afterEach(() => vi.restoreAllMocks());

it("follows a link while there is a network, and stays on the page while there is none", () => {
  const onGo = vi.fn();
  render(<Links onGo={onGo} />);
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  screen.getByText("Nodes").click();
  expect(onGo).not.toHaveBeenCalled();
  online.mockReturnValue(true);
  screen.getByText("Nodes").click();
  expect(onGo).toHaveBeenCalledOnce();
});
