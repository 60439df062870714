/** A decimal with separators between thousands, all its digits as they came: "19681.64" → "19,681.64". */
export function separated(decimal: string): string {
  const [whole = "", rest] = decimal.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
