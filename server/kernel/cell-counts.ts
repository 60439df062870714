/** Requests by cell (operation, status, latency bin in one number). Most rows have a few cells, some have hundreds. */
export class CellCounts {
  private readonly cells: number[] = [];
  private readonly counts: number[] = [];
  private places: Map<number, number> | null = null;

  get size(): number {
    return this.cells.length;
  }

  add(cell: number, count: number): void {
    const place = this.placeOf(cell);
    if (place >= 0) {
      this.counts[place] = (this.counts[place] ?? 0) + count;
      return;
    }
    this.cells.push(cell);
    this.counts.push(count);
    if (this.places) this.places.set(cell, this.cells.length - 1);
    else if (this.cells.length > fewCells) this.index();
  }

  merge(other: CellCounts): void {
    const { cells, counts } = other;
    for (let place = 0; place < cells.length; place++) this.add(cells[place] ?? 0, counts[place] ?? 0);
  }

  each(visit: (cell: number, count: number) => void): void {
    for (let place = 0; place < this.cells.length; place++)
      visit(this.cells[place] ?? 0, this.counts[place] ?? 0);
  }

  private placeOf(cell: number): number {
    return this.places ? (this.places.get(cell) ?? -1) : this.cells.indexOf(cell);
  }

  private index(): void {
    this.places = new Map(this.cells.map((cell, place) => [cell, place]));
  }
}

/** Up to here looking through all is faster than a map, and a map for each of thousands of rows is much memory. */
const fewCells = 12;
