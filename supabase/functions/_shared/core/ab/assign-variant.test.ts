import { describe, expect, test } from "vitest";
import { assignmentSlot, assignVariant, variantAtSlot } from "./assign-variant.ts";

const TEST_ID = "0190a6e2-7b1c-7c3e-8f4d-2a5b6c7d8e9f";
const OTHER_TEST_ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const variants = (...weights: number[]) => weights.map((weight, i) => ({ letter: "ABCDEFGHIJ"[i]!, weight }));

/** Slots and letters from Python: `int.from_bytes(sha256(f"{t}:{u}".encode()).digest()[:8], "big") * 10000 >> 64`. */
const KNOWN: [
  testId: string,
  unit: string,
  slot: number,
  by6040: string,
  byThirds: string,
  byTenths: string,
][] = [
  [TEST_ID, "user-1", 9164, "B", "C", "J"],
  [TEST_ID, "user-2", 5530, "A", "B", "F"],
  [TEST_ID, "user-42", 2616, "A", "A", "C"],
  [TEST_ID, "req_0001", 7398, "B", "C", "H"],
  [TEST_ID, "0190a6e3-0000-7000-8000-000000000000", 6051, "B", "B", "G"],
  [TEST_ID, "", 8480, "B", "C", "I"],
  [TEST_ID, "Zoë", 8861, "B", "C", "I"],
  [TEST_ID, "日本語", 7320, "B", "C", "H"],
  [TEST_ID, ":", 9083, "B", "C", "J"],
  [TEST_ID, " a b ", 8191, "B", "C", "I"],
  [TEST_ID, "x".repeat(200), 1305, "A", "A", "B"],
  [OTHER_TEST_ID, "user-1", 2027, "A", "A", "C"],
  [OTHER_TEST_ID, "user-42", 6560, "B", "B", "G"],
  [OTHER_TEST_ID, "日本語", 347, "A", "A", "A"],
  // The slots on either side of a boundary, and the two ends of the range.
  [TEST_ID, "edge-3894", 5999, "A", "B", "F"],
  [TEST_ID, "edge-3867", 6000, "B", "B", "G"],
  [TEST_ID, "edge-3156", 0, "A", "A", "A"],
  [TEST_ID, "edge-29865", 9999, "B", "C", "J"],
];

describe("assignment", () => {
  test.each(KNOWN)("test %s, unit %j: slot %i, and variants %s, %s, %s", (testId, unit, slot, a, b, c) => {
    expect(assignmentSlot(testId, unit)).toBe(slot);
    expect(assignVariant(testId, unit, variants(6000, 4000)).letter).toBe(a);
    expect(assignVariant(testId, unit, variants(3333, 3333, 3334)).letter).toBe(b);
    expect(assignVariant(testId, unit, variants(...Array(10).fill(1000))).letter).toBe(c);
  });

  test("60/40 sends 60 176 of 100 000 pinned users to A, as counted by an independent program", () => {
    const split = variants(6000, 4000);
    let a = 0;
    for (let i = 0; i < 100_000; i++) if (assignVariant(TEST_ID, `user-${i}`, split).letter === "A") a++;
    expect(a).toBe(60_176);
  });

  test("the order in which variants are listed does not matter, only their letters do", () => {
    const split = variants(2500, 2500, 5000);
    const shuffled = [split[2]!, split[0]!, split[1]!];
    for (let i = 0; i < 200; i++) {
      expect(assignVariant(TEST_ID, `u${i}`, shuffled)).toBe(assignVariant(TEST_ID, `u${i}`, split));
    }
    expect(shuffled.map((variant) => variant.letter).join("")).toBe("CAB");
  });

  test("a variant of weight zero is never chosen, wherever it stands", () => {
    for (const split of [variants(0, 10_000), variants(10_000, 0), variants(5000, 0, 5000)]) {
      for (const slot of [0, 4999, 5000, 9999]) expect(variantAtSlot(split, slot).weight).toBeGreaterThan(0);
    }
  });

  test.each([
    ["off by one below", [5999, 4000]],
    ["off by one above", [6001, 4000]],
    ["not whole", [5000.5, 4999.5]],
    ["negative", [-1, 10_001]],
    ["none", []],
  ])("weights that are %s are refused, not patched over", (_, weights) => {
    expect(() => assignVariant(TEST_ID, "user-1", variants(...weights))).toThrow(RangeError);
  });
});

describe("over 1 000 000 ids", () => {
  const IDS = 1_000_000;
  const slots = new Uint16Array(IDS);
  const otherSlots = new Uint16Array(IDS);
  for (let i = 0; i < IDS; i++) {
    slots[i] = assignmentSlot(TEST_ID, `user-${i}`);
    otherSlots[i] = assignmentSlot(OTHER_TEST_ID, `user-${i}`);
  }

  test("slots are uniform: chi-square over 100 cells is below its 99.9 % point", () => {
    expect(chiSquare(cells(slots, 100), IDS / 100)).toBeLessThan(CHI_SQUARE_999[99]);
    expect(chiSquare(cells(otherSlots, 100), IDS / 100)).toBeLessThan(CHI_SQUARE_999[99]);
  });

  test("tests are independent: chi-square over a 10 × 10 table of two tests is below its 99.9 % point", () => {
    const table = new Array<number>(100).fill(0);
    for (let i = 0; i < IDS; i++) {
      table[Math.floor(slots[i]! / 1000) * 10 + Math.floor(otherSlots[i]! / 1000)]! += 1;
    }
    expect(chiSquare(table, IDS / 100)).toBeLessThan(CHI_SQUARE_999[99]);
  });

  test("the check can fail: 1 000 of the ids moved to the next cell are found", () => {
    const skewed = new Array<number>(100).fill(IDS / 100);
    skewed[0]! -= 1000;
    skewed[1]! += 1000;
    expect(chiSquare(skewed, IDS / 100)).toBeGreaterThan(CHI_SQUARE_999[99]);
  });
});

/** 99.9 % point of chi-square with 99 degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4). */
const CHI_SQUARE_999 = { 99: 148.23 } as const;

function cells(slots: Uint16Array, count: number): number[] {
  const counts = new Array<number>(count).fill(0);
  for (const slot of slots) counts[Math.floor((slot * count) / 10_000)]! += 1;
  return counts;
}

function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
