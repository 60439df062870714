/** Middle-truncates an identifier: "0x059e…79a8". Returned whole when cutting would save nothing. */
export function shorten(text: string, head = 6, tail = 4): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}
