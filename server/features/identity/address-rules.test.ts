import { expect, it } from "vitest";
import { senderOf } from "./address-rules.ts";

it.each([
  ["203.0.113.24", "203.0.113.24"],
  ["::ffff:203.0.113.24", "203.0.113.24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["no address", "unknown"],
  [null, "unknown"],
])("counts %s as %s", (address, sender) => {
  expect(senderOf(address)).toBe(sender);
});
