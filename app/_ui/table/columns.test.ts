import { expect, it } from "vitest";
import { type Column, gridTracks, toggleColumn, visibleColumns } from "./columns.ts";

const column = (id: string, more: Partial<Column<null>> = {}): Column<null> => ({
  id,
  title: id,
  width: 80,
  cell: () => null,
  ...more,
});
const columns = [
  column("status"),
  column("name", { isFixed: true, grows: true }),
  column("clock", { isHiddenAtFirst: true }),
];

it("shows the columns of the start, then those that were chosen, always the fixed ones", () => {
  expect(visibleColumns(columns, null).map(({ id }) => id)).toEqual(["status", "name"]);
  expect(visibleColumns(columns, ["clock"]).map(({ id }) => id)).toEqual(["name", "clock"]);
});

it("keeps the order of the columns whatever is switched first", () => {
  const withClock = toggleColumn(columns, null, "clock");
  expect(withClock).toEqual(["status", "name", "clock"]);
  expect(toggleColumn(columns, withClock, "status")).toEqual(["name", "clock"]);
});

it("gives the growing column what is left until somebody drags it", () => {
  const shown = visibleColumns(columns, null);
  expect(gridTracks(shown, {}, [38])).toBe("38px 80px minmax(80px, 1fr)");
  expect(gridTracks(shown, { name: 200, status: 10 }, [])).toBe("44px 200px");
});
