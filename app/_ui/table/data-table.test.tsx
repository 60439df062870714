// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { changedBy } from "./changed-by.ts";
import type { Column } from "./columns.ts";
import { DataTable, type DataTableProps } from "./data-table.tsx";
import type { Selection } from "./selection.ts";
import type { SortKey } from "./sort.ts";

afterEach(cleanup);

type Node = { key: string; name: string; ops: number | null };

const drawn = vi.fn();
const columns: Column<Node>[] = [
  {
    id: "name",
    title: "Node",
    width: 120,
    isSortable: true,
    cell: (node) => {
      drawn(node.name);
      return <a href={`#${node.key}`}>{node.name}</a>;
    },
  },
  {
    id: "ops",
    title: "Ops/s",
    width: 80,
    isNumber: true,
    isSortable: true,
    startsDescending: true,
    value: (node) => node.ops,
    marksChange: changedBy(0.05),
    cell: (node) => node.ops ?? "·",
  },
];
const nodes = (count: number): Node[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `k${index}`,
    name: `node-${index}`,
    ops: 100 + index,
  }));

type Told = { selected: Selection; peeked: string | null; sort: readonly SortKey[] };

type PageProps = { rows: readonly Node[]; told: Told; more: Partial<DataTableProps<Node>> };

function Page({ rows, told, more }: PageProps) {
  const [selected, setSelected] = useState<Selection>(new Set());
  const [peeked, setPeeked] = useState<string | null>(null);
  const [sort, setSort] = useState<SortKey[]>([]);
  Object.assign(told, { selected, peeked, sort });
  return (
    <DataTable
      label="Nodes"
      columns={columns}
      rows={rows}
      rowKey={(node) => node.key}
      rowLabel={(node) => node.name}
      selected={selected}
      onSelected={setSelected}
      peeked={peeked}
      onPeek={setPeeked}
      sort={sort}
      onSort={setSort}
      {...more}
    />
  );
}

function show(rows: readonly Node[], more: Partial<DataTableProps<Node>> = {}) {
  const told: Told = { selected: new Set(), peeked: null, sort: [] };
  const view = render(<Page rows={rows} told={told} more={more} />);
  const update = (next: readonly Node[]) => view.rerender(<Page rows={next} told={told} more={more} />);
  return { told, user: userEvent.setup(), update };
}

const focusedRow = () => document.activeElement?.closest("tr")?.dataset.key ?? null;

describe("by keyboard", () => {
  it("goes through the rows with j and k from anywhere on the page", async () => {
    const { user } = show(nodes(5));
    await user.keyboard("jj");
    await waitFor(() => expect(focusedRow()).toBe("k1"));
    await user.keyboard("k");
    await waitFor(() => expect(focusedRow()).toBe("k0"));
  });

  it("jumps to a row that is not drawn yet", async () => {
    const { user } = show(nodes(500));
    await user.keyboard("j");
    await waitFor(() => expect(focusedRow()).toBe("k0"));
    await user.keyboard("{End}");
    await waitFor(() => expect(focusedRow()).toBe("k499"));
  });

  it("selects with x, and with shift everything in between", async () => {
    const { told, user } = show(nodes(6));
    await user.keyboard("j");
    await waitFor(() => expect(focusedRow()).toBe("k0"));
    await user.keyboard("x");
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toBe("k1"));
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toBe("k2"));
    await user.keyboard("{Shift>}X{/Shift}");
    expect([...told.selected]).toEqual(["k0", "k1", "k2"]);
  });

  it("opens the row's page with Enter and looks at it with o", async () => {
    const { told, user } = show(nodes(3));
    const opened = vi.fn();
    screen.getByText("node-0").addEventListener("click", opened);
    await user.keyboard("j");
    await waitFor(() => expect(focusedRow()).toBe("k0"));
    await user.keyboard("{Enter}");
    expect(opened).toHaveBeenCalledOnce();
    await user.keyboard("o");
    expect(told.peeked).toBe("k0");
  });

  it("takes no single keys while somebody types", async () => {
    const { told, user } = show(nodes(3));
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    await user.keyboard("jxo");
    expect(focusedRow()).toBeNull();
    expect(told.selected.size).toBe(0);
    field.remove();
  });

  it("leaves the focus with the row when live sorting moves it", async () => {
    const rows = nodes(4);
    const { user, update } = show(rows);
    await user.keyboard("jj");
    await waitFor(() => expect(focusedRow()).toBe("k1"));
    update(rows.toReversed());
    expect(focusedRow()).toBe("k1");
    await user.keyboard("j");
    await waitFor(() => expect(focusedRow()).toBe("k0"));
  });
});

describe("with many live rows", () => {
  it("keeps only the rows around the view in the document", () => {
    show(nodes(10_000));
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("10001");
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
  });

  it("renders again only the row that changed", () => {
    const rows = nodes(30);
    const { update } = show(rows);
    drawn.mockClear();
    update(rows.map((row, index) => (index === 7 ? { ...row, ops: 999 } : row)));
    expect(new Set(drawn.mock.calls.flat())).toEqual(new Set(["node-7"]));
  });

  it("marks a value that moved, and not one that trembled", () => {
    const rows = nodes(2);
    const { update } = show(rows);
    update(rows.map((row, index) => ({ ...row, ops: index === 0 ? 101 : 400 })));
    const [, first, second] = screen.getAllByRole("row");
    expect(first?.querySelector(".is-new")).toBeNull();
    expect(second?.querySelector(".is-new")).not.toBeNull();
  });
});

describe("by mouse", () => {
  it("sorts by a head, and by several with shift", async () => {
    const { told, user } = show(nodes(3));
    await user.click(screen.getByRole("button", { name: "Ops/s" }));
    fireEvent.click(screen.getByRole("button", { name: "Node" }), { shiftKey: true });
    expect(told.sort).toEqual([
      { id: "ops", isDescending: true },
      { id: "name", isDescending: false },
    ]);
    expect(screen.getByRole("columnheader", { name: /Ops/ }).getAttribute("aria-sort")).toBe("descending");
  });

  it("looks at the row that is clicked, but not when its link or box is", async () => {
    const { told, user } = show(nodes(3));
    const row = screen.getByRole("row", { name: /node-1/ });
    await user.click(within(row).getByText("101"));
    expect(told.peeked).toBe("k1");
    await user.click(within(row).getByRole("checkbox", { name: "Select node-1" }));
    expect(told.peeked).toBe("k1");
    expect([...told.selected]).toEqual(["k1"]);
  });

  it("selects all and none", async () => {
    const { told, user } = show(nodes(3));
    await user.click(screen.getByRole("checkbox", { name: "Select all 3" }));
    expect(told.selected.size).toBe(3);
    await user.click(screen.getByRole("checkbox", { name: "Select none" }));
    expect(told.selected.size).toBe(0);
  });

  it("widens a column with Alt and an arrow, as dragging does", () => {
    const onWidths = vi.fn();
    show(nodes(1), { onWidths });
    fireEvent.keyDown(screen.getByRole("button", { name: "Ops/s" }), { key: "ArrowRight", altKey: true });
    expect(onWidths).toHaveBeenCalledWith({ ops: 96 });
  });
});

it("says what is wrong instead of showing an empty table", () => {
  const error = {
    code: "timeout" as const,
    message: "PostgreSQL did not answer in 5 s.",
    details: {},
    requestId: "01J2",
  };
  show([], { state: { kind: "failed", what: "nodes", error } });
  expect(screen.getByText("Could not load nodes")).toBeDefined();
  expect(screen.getByText("PostgreSQL did not answer in 5 s.")).toBeDefined();
});
