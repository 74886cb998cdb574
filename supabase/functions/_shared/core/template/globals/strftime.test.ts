import { expect, test } from "vitest";
import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";

const render = (format: string, at: string) =>
  renderTemplate(parseTemplate("{{ strftime_now(format) }}"), { format }, { now: () => new Date(at) });

test.each([
  ["%d %b %Y, %A %H:%M:%S.%f", "05 Mar 2024, Tuesday 14:07:09.000000"],
  ["%-d/%-m/%y %e|%-e|%k|%l|%-I", "5/3/24  5|5|14| 2|2"],
  ["%p %P %r %R %T", "PM pm 02:07:09 PM 14:07 14:07:09"],
  ["%c|%x|%X|%D|%F|%h", "Tue Mar  5 14:07:09 2024|03/05/24|14:07:09|03/05/24|2024-03-05|Mar"],
  ["%j %U %W %V %G %g %u %w %C %s", "065 09 10 10 2024 24 2 2 20 1709647629"],
  ["%Ey %Od %% %q %Z%z", "24 05 % %q "],
])("%s means what it means in the C locale, and what is no directive stays", (format, text) => {
  expect(render(format, "2024-03-05T14:07:09Z")).toBe(text);
});

test("the first days of January are in the last week of the year before, where that week has its Thursday", () => {
  expect(render("%G-W%V-%u", "2021-01-03T00:00:00Z")).toBe("2020-W53-7");
  expect(render("%G-W%V-%u", "2024-12-30T00:00:00Z")).toBe("2025-W01-1");
});
