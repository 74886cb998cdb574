import { expect, test } from "vitest";
import { slugOf } from "./slug.ts";

test.each([
  ["support-agent", "support-agent"],
  ["Support Agent!", "support-agent"],
  ["  Résumé   v2 ", "resume-v2"],
  ["faq.de_v2", "faq.de_v2"],
  ["-._-", ""],
])("%j is called %j", (name, slug) => expect(slugOf(name)).toBe(slug));
