import { expect, test } from "vitest";
import { roomAmong } from "./toast-room.ts";

const error = (id: string) => ({ id, type: "error" });
const said = (id: string) => ({ id });

test("while there is room nothing has to go", () => {
  expect(roomAmong([])).toBe("free");
  expect(roomAmong([said("b"), error("a")])).toBe("free");
});

test("the oldest goes, but never a refusal", () => {
  expect(roomAmong([said("c"), said("b"), said("a")])).toEqual({ close: "a" });
  expect(roomAmong([said("c"), said("b"), error("a")])).toEqual({ close: "b" });
  expect(roomAmong([said("c"), error("b"), error("a")])).toEqual({ close: "c" });
});

test("beside refusals alone, whatever is said next waits for one of them to go", () => {
  expect(roomAmong([error("c"), error("b"), error("a")])).toBe("wait");
});
