import { expect, it, vi } from "vitest";
import { fc } from "../../../../../tests/support/fast-check.ts";
import { readAllowedHosts } from "../../core/providers/upstream-url.ts";
import { resolveBoth, upstreamGuard } from "./guard.ts";

const none = readAllowedHosts(undefined);
const PUBLIC = ["93.184.216.34", "2606:2800:220:1::1"];

const codeOf = (work: Promise<void>) =>
  work.then(
    () => "passed",
    (error: { code: string }) => error.code,
  );

it("a name passes when all its addresses are public", async () => {
  expect(await codeOf(upstreamGuard(none, async () => PUBLIC)("https://api.example.com/v1"))).toBe("passed");
});

it("one private address among public ones is enough to be refused, wherever it stands", async () => {
  const bad = fc.constantFrom(
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "::1",
    "fd00:ec2::254",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "no address",
  );
  await fc.assert(
    fc.asyncProperty(fc.subarray(PUBLIC), bad, fc.boolean(), async (good, one, first) => {
      const guard = upstreamGuard(none, async () => (first ? [one, ...good] : [...good, one]));
      expect(await codeOf(guard("https://api.example.com/v1"))).toBe("provider_address_refused");
    }),
  );
});

it("an address in the URL itself is refused without asking any resolver", async () => {
  const resolve = vi.fn(async () => PUBLIC);
  for (const url of [
    "https://169.254.169.254/v1",
    "https://2130706433/v1",
    "https://metadata.google.internal/v1",
    "http://api.example.com/v1",
  ])
    expect(await codeOf(upstreamGuard(none, resolve)(url)), url).toBe("provider_address_refused");
  expect(resolve).not.toHaveBeenCalled();
});

it("a name without addresses, and a resolver that fails, are unreachable and not allowed", async () => {
  const failing = async () => Promise.reject(new Error("SERVFAIL"));
  for (const resolve of [async () => [], failing])
    expect(await codeOf(upstreamGuard(none, resolve)("https://api.example.com/v1"))).toBe(
      "upstream_unreachable",
    );
});

it("a name that turns to a private address is refused when what is known of it is ten seconds old", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    let addresses = PUBLIC;
    const guard = upstreamGuard(none, async () => addresses);
    const ask = () => codeOf(guard("https://api.example.com/v1"));
    expect(await ask()).toBe("passed");
    addresses = ["10.0.0.1"];
    vi.advanceTimersByTime(9_000);
    expect(await ask()).toBe("passed");
    vi.advanceTimersByTime(2_000);
    expect(await ask()).toBe("provider_address_refused");
    // A refusal is not remembered: the name may be mended.
    addresses = PUBLIC;
    expect(await ask()).toBe("passed");
  } finally {
    vi.useRealTimers();
  }
});

it("hosts the operator vouches for are not resolved", async () => {
  const resolve = vi.fn(async () => ["10.0.0.1"]);
  const guard = upstreamGuard(readAllowedHosts("vllm.internal:8000"), resolve);
  expect(await codeOf(guard("http://vllm.internal:8000/v1"))).toBe("passed");
  expect(await codeOf(guard("http://vllm.internal:8001/v1"))).toBe("provider_address_refused");
  expect(resolve).not.toHaveBeenCalled();
});

it("a name with addresses of one kind only is resolved", async () => {
  const resolve = resolveBoth(async (_, type) =>
    type === "A" ? ["1.1.1.1"] : Promise.reject(new Error("no AAAA")),
  );
  expect(await resolve("api.example.com")).toEqual(["1.1.1.1"]);
});
