/** The numbers of an array as PostgreSQL writes it, "{1,2.5}": many in one value cost a part of a row each. */
export function numbersOf(array: string): number[] {
  return array.slice(1, -1).split(",").map(Number);
}
