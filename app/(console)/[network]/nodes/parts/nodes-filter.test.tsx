// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useQueryStates } from "nuqs";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { nodesParsers } from "../search-params.ts";
import { NodesFilter } from "./nodes-filter.tsx";
import { aNodePage, aNodeRow } from "./testing/a-node-row.ts";

// A busy machine takes its time to load and draw a popup.
configure({ asyncUtilTimeout: 20_000 });
beforeAll(() => import("../../../../_ui/popover-popup.tsx"));
afterEach(cleanup);

const page = aNodePage([aNodeRow(), aNodeRow({ status: { kind: "silent", reason: "" } })], {
  facets: {
    clusterId: [],
    provider: [],
    region: [
      { value: "eu-central", label: "eu-central", nodes: 1 },
      { value: "us-east", label: "us-east", nodes: 1 },
    ],
    mode: [],
    version: [],
  },
});

/** The filter bar on an address; answers what the address has become. */
function renderAt(search: string) {
  let address = search;
  render(
    <NuqsTestingAdapter
      searchParams={search}
      hasMemory
      onUrlUpdate={({ queryString }) => {
        address = queryString;
      }}
    >
      <Bar />
    </NuqsTestingAdapter>,
  );
  return { address: () => address };
}

function Bar() {
  const [params, setParams] = useQueryStates(nodesParsers);
  return <NodesFilter params={params} page={page} onChange={(change) => void setParams(change)} end={null} />;
}

describe("the filter bar and the address", () => {
  it("shows what the address says, in words", () => {
    renderAt("?status=silent&region=eu-central,us-east");
    expect(screen.getByText("Silent")).toBeTruthy();
    expect(screen.getByText("eu-central, us-east")).toBeTruthy();
  });

  it("takes one filter out of the address and leaves the others", async () => {
    const { address } = renderAt("?status=silent&region=us-east");
    await userEvent.click(screen.getByRole("button", { name: "Remove filter status" }));
    await waitFor(() => expect(address()).toBe("?region=us-east"));
    expect(screen.queryByText("Silent")).toBeNull();
  });

  it("puts what is typed into the address when typing rests", async () => {
    const { address } = renderAt("");
    await userEvent.type(screen.getByRole("textbox", { name: "Name, key, provider" }), "fsn1");
    await waitFor(() => expect(address()).toBe("?q=fsn1"));
  });

  it("clears all at once", async () => {
    const { address } = renderAt("?q=fsn1&status=silent&sort=-cpu");
    await userEvent.click(screen.getByRole("button", { name: "Clear" }));
    await waitFor(() => expect(address()).toBe("?sort=-cpu"));
  });

  it("adds a value: first the field, then what it may be", async () => {
    const { address } = renderAt("");
    await userEvent.click(screen.getByRole("button", { name: "Filter" }));
    await userEvent.click(await screen.findByRole("button", { name: "region" }));
    // The popup is placed by measures that this document does not have: a pointer would find it hidden.
    fireEvent.click(await screen.findByLabelText("us-east"));
    await waitFor(() => expect(address()).toBe("?region=us-east"));
  });
});
