import ipaddr from "ipaddr.js";

/** The part of IPv6 that is handed out for use on the Internet. */
const GLOBAL_IPV6 = ipaddr.IPv6.parse("2000::");

/**
 * Whether an IP address belongs to the public Internet. Everything set aside is not: loopback, link-local (the
 * metadata services of clouds among it), private networks, carriers' NAT, multicast, documentation, and every
 * way to write an IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo). What is no address
 * is not public either.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || address.match(GLOBAL_IPV6, 3);
}
