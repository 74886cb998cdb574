import { describe, expect, it, test } from "vitest";
import { fc } from "../../../../../tests/support/fast-check.ts";
import { isPublicAddress } from "./public-address.ts";
import { checkUpstreamUrl, readAllowedHosts } from "./upstream-url.ts";

const refusalOf = (text: string) => checkUpstreamUrl(text).refusal;

/** Networks that are not the Internet, in the words of IANA's registries: first address and prefix length. */
const SET_ASIDE: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

const toNumber = (ip: string) => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toDotted = (ip: number) => [24, 16, 8, 0].map((shift) => (ip >>> shift) & 255).join(".");

const setAside = fc
  .constantFrom(...SET_ASIDE)
  .chain(([first, bits]) =>
    fc.integer({ min: 0, max: 2 ** (32 - bits) - 1 }).map((offset) => toNumber(first) + offset),
  );
const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
const tail = (count: number) =>
  fc.array(group, { minLength: count, maxLength: count }).map((all) => all.join(":"));
const hexOf = (ip: number) => `${(ip >>> 16).toString(16)}:${(ip & 0xffff).toString(16)}`;

/** Every way a URL may write an IPv4 address. */
const writings = (ip: number): string[] => {
  const [a, b, c, d] = toDotted(ip).split(".").map(Number) as [number, number, number, number];
  return [
    toDotted(ip),
    `${toDotted(ip)}.`,
    String(ip),
    `0x${ip.toString(16)}`,
    `0${ip.toString(8)}`,
    `${a}.${(b << 16) | (c << 8) | d}`,
    `${a}.${b}.${(c << 8) | d}`,
    `0x${a.toString(16)}.0${b.toString(8)}.${c}.0x${d.toString(16)}`,
    [a, b, c, d].map((part) => `%3${[...String(part)].join("%3")}`).join("."),
    toDotted(ip).replaceAll(".", "。"),
  ];
};

describe("an address that is not on the Internet is refused", () => {
  it("however an IPv4 address is written", () => {
    fc.assert(
      fc.property(setAside, fc.constantFrom("", ":8443"), (ip, port) => {
        for (const host of writings(ip))
          expect(refusalOf(`https://${host}${port}/v1`), host).toBe("not_public");
      }),
    );
  });

  it("also inside an IPv6 address: mapped, compatible, translated, NAT64, 6to4", () => {
    fc.assert(
      fc.property(setAside, (ip) => {
        for (const host of [
          `::ffff:${toDotted(ip)}`,
          `::ffff:${hexOf(ip)}`,
          `::${hexOf(ip)}`,
          `::ffff:0:${hexOf(ip)}`,
          `64:ff9b::${hexOf(ip)}`,
          `64:ff9b:1::${hexOf(ip)}`,
          `2002:${hexOf(ip)}::1`,
        ]) {
          expect(refusalOf(`https://[${host}]/v1`), host).toBe("not_public");
        }
      }),
    );
  });

  it("and every IPv6 network that is set aside", () => {
    const reserved = fc.oneof(
      tail(7).map((rest) => `fd00:${rest}`),
      tail(7).map((rest) => `fe80:${rest}`),
      tail(7).map((rest) => `fec0:${rest}`),
      tail(7).map((rest) => `ff02:${rest}`),
      tail(6).map((rest) => `2001:0:${rest}`),
      tail(6).map((rest) => `2001:db8:${rest}`),
      tail(7).map((rest) => `4000:${rest}`),
      fc.constantFrom("::", "::1", "fd00:ec2::254", "100::1"),
    );
    fc.assert(
      fc.property(reserved, (ip) => {
        expect(isPublicAddress(ip), ip).toBe(false);
        expect(refusalOf(`https://[${ip}]/v1`), ip).toBe("not_public");
      }),
    );
  });

  test.each([
    "https://localhost/v1",
    "https://LOCALHOST./v1",
    "https://api.localhost/v1",
    "https://metadata.google.internal/computeMetadata/v1",
    "https://kong:8000/v1",
    "https://printer.local",
    "https://router.home.arpa",
    "https://0/v1",
    "https://127.1/v1",
    "https://①②⑦.0.0.1/v1",
  ])("%s", (text) => expect(refusalOf(text)).toBe("not_public"));
});

it("whatever text is given, what passes is https, has no credentials and no host that is an address set aside", () => {
  const piece = fc.constantFrom(
    "http",
    "https",
    "://",
    "@",
    ":",
    "127.0.0.1",
    "[::1]",
    "example.com",
    "/v1",
    "?",
    "#",
    "\\",
    "localhost",
    "0x7f.1",
    " ",
    "\t",
    "user",
  );
  const text = fc.oneof(
    fc.webUrl(),
    fc.array(piece, { maxLength: 8 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, (candidate) => {
      const { url } = checkUpstreamUrl(candidate);
      if (!url) return;
      expect([url.protocol, url.username, url.password, url.search, url.hash]).toEqual([
        "https:",
        "",
        "",
        "",
        "",
      ]);
      expect(url.hostname).toMatch(/\./);
      // "127.0.0.1http" is a name like any other: what it resolves to is looked at before anything is sent.
      expect(url.hostname).not.toMatch(/^(127(\.\d+)*|\[::1\])\.?$|(^|\.)localhost\.?$/);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["ftp://api.example.com/v1", "not_https"],
  ["http://api.example.com/v1", "not_https"],
  ["file:///etc/passwd", "not_https"],
  ["https://user:pass@api.example.com/v1", "has_credentials"],
  ["https://api.example.com@127.0.0.1/v1", "has_credentials"],
  ["https://api.example.com/v1?x=1", "has_query"],
  ["https://api.example.com/v1#x", "has_query"],
  ["not a url", "not_a_url"],
  ["https://", "not_a_url"],
  ["https://api.openai.com/v1", null],
  ["https://api.example.com:8443/openai/v1", null],
  ["https://1.1.1.1/v1", null],
  ["https://[2606:4700::1111]/v1", null],
])("%s: %s", (text, refusal) => expect(refusalOf(text)).toBe(refusal));

describe("what the operator allows", () => {
  const refusal = (setting: string | undefined, text: string) =>
    checkUpstreamUrl(text, readAllowedHosts(setting)).refusal;

  it("is nothing without the setting", () => {
    for (const setting of [undefined, "", " ", "0", "false"])
      expect(refusal(setting, "http://127.0.0.1:8000/v1")).toBe("not_public");
  });

  it("is everything with 1, but never another scheme or credentials", () => {
    expect(refusal("1", "http://127.0.0.1:8000/v1")).toBeNull();
    expect(refusal("1", "ftp://127.0.0.1/v1")).toBe("not_https");
    expect(refusal("1", "http://user:pass@127.0.0.1/v1")).toBe("has_credentials");
  });

  it("is the hosts of a list, with a port on that port alone", () => {
    const setting = "127.0.0.1:8000, vllm.internal,[::1]:9000";
    expect(refusal(setting, "http://127.0.0.1:8000/v1")).toBeNull();
    expect(refusal(setting, "http://127.0.0.1:8001/v1")).toBe("not_public");
    expect(refusal(setting, "http://VLLM.internal:1234/v1")).toBeNull();
    expect(refusal(setting, "http://[::1]:9000/v1")).toBeNull();
    expect(refusal(setting, "http://evil.vllm.internal/v1")).toBe("not_public");
  });
});
