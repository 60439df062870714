import { expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

const proxies = ["10.0.0.0/8", "fd00::/8"];

it.each([
  {
    name: "believes nobody by default",
    peer: "203.0.113.9",
    forwarded: "198.51.100.1",
    trusted: [],
    address: "203.0.113.9",
  },
  {
    name: "reads what a trusted proxy says",
    peer: "10.0.0.1",
    forwarded: "198.51.100.1",
    trusted: proxies,
    address: "198.51.100.1",
  },
  {
    name: "goes through several of them",
    peer: "10.0.0.1",
    forwarded: "198.51.100.1, 10.2.3.4",
    trusted: proxies,
    address: "198.51.100.1",
  },
  {
    name: "stops at the first that is not trusted",
    peer: "10.0.0.1",
    forwarded: "1.1.1.1, 198.51.100.1",
    trusted: proxies,
    address: "198.51.100.1",
  },
  {
    name: "takes IPv4 out of IPv6",
    peer: "::ffff:10.0.0.1",
    forwarded: "198.51.100.1",
    trusted: proxies,
    address: "198.51.100.1",
  },
  {
    name: "knows proxies by IPv6",
    peer: "fd00::1",
    forwarded: "2001:db8::1",
    trusted: proxies,
    address: "2001:db8::1",
  },
  {
    name: "takes no text for an address",
    peer: "10.0.0.1",
    forwarded: "unknown",
    trusted: proxies,
    address: null,
  },
  {
    name: "knows none when the socket is gone",
    peer: undefined,
    forwarded: undefined,
    trusted: [],
    address: null,
  },
])("$name", ({ peer, forwarded, trusted, address }) => {
  expect(clientAddress(peer, forwarded, trusted)).toBe(address);
});
