import type { Runtime } from "../runtime/runtime.ts";
import { valueError } from "../values/python-error.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const MILLISECONDS_PER_DAY = 86_400_000;

const two = (value: number) => String(value).padStart(2, "0");

/** `datetime.strftime` in the C locale, in UTC. */
export function strftime(rt: Runtime, date: Date, format: string): string {
  rt.meter.reserveText(format.length * 8);
  return format.replace(/%(-?)([\s\S])/g, (_all, unpadded: string, directive: string) => {
    const text = directiveText(date, directive);
    return unpadded === "" ? text : text.replace(/^0+(?=\d)/, "");
  });
}

function dayOfYear(date: Date): number {
  const newYear = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - newYear) / MILLISECONDS_PER_DAY) + 1;
}

/** Number of the week, weeks beginning with `firstDay`; days before the first such day are in week 0. */
function weekOfYear(date: Date, firstDay: number): number {
  const weekday = (date.getUTCDay() - firstDay + 7) % 7;
  return Math.floor((dayOfYear(date) + 6 - weekday) / 7);
}

function directiveText(date: Date, directive: string): string {
  const hour = date.getUTCHours();
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const expand = (format: string) => format.replace(/[A-Za-z]/g, (letter) => directiveText(date, letter));
  switch (directive) {
    case "Y":
      return String(date.getUTCFullYear()).padStart(4, "0");
    case "y":
      return two(date.getUTCFullYear() % 100);
    case "m":
      return two(date.getUTCMonth() + 1);
    case "d":
      return two(date.getUTCDate());
    case "e":
      return String(date.getUTCDate()).padStart(2);
    case "H":
      return two(hour);
    case "I":
      return two(twelve);
    case "M":
      return two(date.getUTCMinutes());
    case "S":
      return two(date.getUTCSeconds());
    case "f":
      return String(date.getUTCMilliseconds() * 1000).padStart(6, "0");
    case "p":
      return hour < 12 ? "AM" : "PM";
    case "A":
      return DAYS[date.getUTCDay()] ?? "";
    case "a":
      return (DAYS[date.getUTCDay()] ?? "").slice(0, 3);
    case "B":
      return MONTHS[date.getUTCMonth()] ?? "";
    case "b":
    case "h":
      return (MONTHS[date.getUTCMonth()] ?? "").slice(0, 3);
    case "j":
      return String(dayOfYear(date)).padStart(3, "0");
    case "w":
      return String(date.getUTCDay());
    case "u":
      return String(date.getUTCDay() || 7);
    case "U":
      return two(weekOfYear(date, 0));
    case "W":
      return two(weekOfYear(date, 1));
    case "Z":
    case "z":
      return "";
    case "F":
      return expand("Y-m-d");
    case "T":
    case "X":
      return expand("H:M:S");
    case "R":
      return expand("H:M");
    case "D":
    case "x":
      return expand("m/d/y");
    case "c":
      return expand("a b e H:M:S Y");
    case "s":
      return String(Math.floor(date.getTime() / 1000));
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "%":
      return "%";
    default:
      throw valueError(`strftime_now does not know the directive %${directive}`);
  }
}
