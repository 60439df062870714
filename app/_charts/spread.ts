/**
 * Positions moved apart until neighbours are `gap` away from each other, in the order of the values, as little as that
 * takes: what stands too close is spread around its middle. Same order as given.
 */
export function spread(values: readonly number[], gap: number): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const groups: { members: number[]; middle: number }[] = [];
  for (const { value, index } of order) {
    groups.push({ members: [index], middle: value });
    for (
      let last = groups.at(-1), before = groups.at(-2);
      last && before;
      last = groups.at(-1), before = groups.at(-2)
    ) {
      if (last.middle - before.middle >= ((last.members.length + before.members.length) / 2) * gap) break;
      const members = [...before.members, ...last.members];
      const weighted = before.middle * before.members.length + last.middle * last.members.length;
      groups.splice(-2, 2, { members, middle: weighted / members.length });
    }
  }
  const places = new Array<number>(values.length).fill(0);
  for (const { members, middle } of groups)
    for (const [at, index] of members.entries())
      places[index] = middle + (at - (members.length - 1) / 2) * gap;
  return places;
}
