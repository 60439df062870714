/** A line of two texts: numbered where it stands in them, from 1. */
export type DiffLine = {
  kind: "same" | "before" | "after";
  text: string;
  before: number | null;
  after: number | null;
};
export type Folded = DiffLine | { kind: "fold"; count: number };

/** Above it the parts that differ are shown one after the other, without looking for what they share. */
const mostCells = 4_000_000;
const contextLines = 3;

/** JSON indented; a text that was cut is one line, nothing is none. */
export function prettyLines(text: string | null): string[] {
  if (text === null) return [];
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split("\n");
  } catch {
    return [text];
  }
}

/** The fewest lines that go and come (longest common subsequence), those that go before those that come. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const middle = compareMiddle(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  );
  const kinds: DiffLine["kind"][] = [
    ...Array.from({ length: start }, () => "same" as const),
    ...middle,
    ...Array.from({ length: end }, () => "same" as const),
  ];
  return numbered(kinds, before, after);
}

function compareMiddle(before: readonly string[], after: readonly string[]): DiffLine["kind"][] {
  const width = after.length + 1;
  if (before.length * after.length > mostCells)
    return [...before.map(() => "before" as const), ...after.map(() => "after" as const)];
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = after.length - 1; column >= 0; column--)
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const kinds: DiffLine["kind"][] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const isSame = row < before.length && column < after.length && before[row] === after[column];
    const goes =
      column >= after.length || (row < before.length && at(row + 1, column) >= at(row, column + 1));
    kinds.push(isSame ? "same" : goes ? "before" : "after");
    if (isSame || goes) row++;
    if (isSame || !goes) column++;
  }
  return kinds;
}

function numbered(
  kinds: readonly DiffLine["kind"][],
  before: readonly string[],
  after: readonly string[],
): DiffLine[] {
  let left = 0;
  let right = 0;
  return kinds.map((kind) => {
    if (kind !== "after") left++;
    if (kind !== "before") right++;
    return {
      kind,
      text: (kind === "after" ? after[right - 1] : before[left - 1]) ?? "",
      before: kind === "after" ? null : left,
      after: kind === "before" ? null : right,
    };
  });
}

/** Only what differs, with a few lines around it. */
export function foldSame(lines: readonly DiffLine[]): Folded[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - contextLines), at + contextLines + 1).some(({ kind }) => kind !== "same"),
  );
  const folded: Folded[] = [];
  for (const [at, line] of lines.entries()) {
    const last = folded.at(-1);
    if (isNear[at]) folded.push(line);
    else if (last?.kind === "fold") last.count++;
    else folded.push({ kind: "fold", count: 1 });
  }
  return folded;
}
