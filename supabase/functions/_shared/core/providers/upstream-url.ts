import ipaddr from "ipaddr.js";
import { isPublicAddress } from "./public-address.ts";

/** Why a base URL is refused, each with what a person reads. */
export const URL_REFUSALS = {
  not_a_url: "This is not a URL. Give one such as https://api.example.com/v1.",
  not_https:
    "Only https:// is used: a key must not travel in the clear, and a certificate is what proves the server.",
  has_credentials: "A user or password in a URL is not used. Put the key into its own field.",
  has_query: "A base URL has no query and no fragment. Leave out what follows '?' or '#'.",
  not_public: "The address is not on the public Internet. The operator of this installation can allow it.",
} as const;

export type UrlRefusal = keyof typeof URL_REFUSALS;

/** Hosts that the operator vouches for, whatever their address, with or without TLS. */
export type AllowedHosts = (url: URL) => boolean;

/**
 * Reads NEMO_ALLOW_PRIVATE_UPSTREAMS: empty allows nothing, `1` (or `true`, `yes`, `on`) everything, and a list
 * such as `127.0.0.1:8000,vllm.internal` only these hosts: with a port on that port, without one on every port.
 */
export function readAllowedHosts(setting: string | undefined): AllowedHosts {
  const text = (setting ?? "").trim().toLowerCase();
  if (/^(1|true|yes|on)$/.test(text)) return () => true;
  const hosts = new Set(text.split(",").map((host) => host.trim()));
  hosts.delete("");
  return (url) => hosts.has(url.hostname) || hosts.has(`${url.hostname}:${portOf(url)}`);
}

const portOf = (url: URL): string => url.port || (url.protocol === "https:" ? "443" : "80");

/** Names that mean this machine or this network, wherever they are asked. */
const LOCAL_NAME =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|arpa|test|invalid|onion)$/;

/** The address a URL's host is, or null for a name. The URL parser has already read 0x7f.1, 2130706433 and 0177.1 as what they are. */
export function addressOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(host) ? host : null;
}

/**
 * What can be said of a base URL without asking anybody: its scheme, what else is in it, and whether its host is
 * an address or name that leads into a private network. A public name may still resolve to a private address;
 * that is checked when it is used.
 */
export function checkUpstreamUrl(
  text: string,
  allowed: AllowedHosts = () => false,
): { url: URL; refusal: null } | { url: null; refusal: UrlRefusal } {
  const refused = (refusal: UrlRefusal) => ({ url: null, refusal });
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refused("not_a_url");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused("not_https");
  if (url.hostname === "") return refused("not_a_url");
  if (url.username !== "" || url.password !== "") return refused("has_credentials");
  if (/[?#]/.test(text)) return refused("has_query");
  if (allowed(url)) return { url, refusal: null };
  if (isPrivateHost(url)) return refused("not_public");
  if (url.protocol !== "https:") return refused("not_https");
  return { url, refusal: null };
}

function isPrivateHost(url: URL): boolean {
  const address = addressOf(url);
  if (address !== null) return !isPublicAddress(address);
  const name = url.hostname.replace(/\.$/, "");
  // A name without a dot is completed by the resolver with whatever network the machine is in.
  return !name.includes(".") || LOCAL_NAME.test(name);
}
