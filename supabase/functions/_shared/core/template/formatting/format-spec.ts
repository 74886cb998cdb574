import type { Runtime } from "../runtime/runtime.ts";
import { valueError } from "../values/python-error.ts";

/** `[[fill]align][sign][z][#][0][width][grouping][.precision][type]` */
export interface FormatSpec {
  readonly fill: string;
  /** `<`, `>`, `=`, `^`, or "" for the type's own. */
  readonly align: string;
  readonly sign: string;
  /** `z`: a negative zero is written as zero. */
  readonly noNegativeZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const ALIGNMENTS = "<>=^";

/** @throws PythonError a `value_error` when it is no format specification */
export function parseFormatSpec(spec: string, typeName: string, rt: Runtime): FormatSpec {
  const characters = Array.from(spec);
  let at = 0;
  const peek = () => characters[at] ?? "";
  const takeIf = (accepted: string) =>
    peek() !== "" && accepted.includes(peek()) ? (characters[at++] ?? "") : "";
  const takeNumber = () => {
    let digits = "";
    while (/^\d$/.test(peek())) digits += characters[at++];
    if (digits.length > 15) throw valueError("Too many decimal digits in format string");
    return digits;
  };

  let fill = " ";
  let align = "";
  const second = characters[1] ?? "";
  if (second !== "" && ALIGNMENTS.includes(second)) {
    fill = characters[0] ?? " ";
    align = second;
    at = 2;
  } else align = takeIf(ALIGNMENTS);
  const fillGiven = at === 2;
  const sign = takeIf("+- ");
  const noNegativeZero = takeIf("z") !== "";
  const alternate = takeIf("#") !== "";
  if (!fillGiven && peek() === "0") {
    fill = "0";
    if (align === "") align = "=";
    at++;
  }
  const width = Number(takeNumber());
  const grouping = takeIf(",_");
  if (grouping !== "" && takeIf(",_") !== "") throw valueError("Cannot specify both ',' and '_'.");
  let precision: number | undefined;
  if (takeIf(".") !== "") {
    const digits = takeNumber();
    if (digits === "") throw valueError("Format specifier missing precision");
    precision = Number(digits);
  }
  rt.meter.reserveText(width + (precision ?? 0));
  if (characters.length - at > 1)
    throw valueError(`Invalid format specifier '${spec}' for object of type '${typeName}'`);
  return { fill, align, sign, noNegativeZero, alternate, width, grouping, precision, type: peek() };
}
