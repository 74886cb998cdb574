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

const SPEC = /^(?:(.)(?=[<>=^]))?([<>=^]?)([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?(.?)$/su;

/** @throws PythonError a `value_error` when it is no format specification */
export function parseFormatSpec(spec: string, rt: Runtime): FormatSpec {
  const match = SPEC.exec(spec);
  if (!match) throw valueError(`Invalid format specifier '${spec}'`);
  const [, fill, align = "", sign = "", z, alternate, zero, digits, grouping = "", places, type = ""] = match;
  const zeros = fill === undefined && zero !== "";
  const width = Number(digits);
  const precision = places === undefined ? undefined : Number(places);
  rt.meter.reserveText(width + (precision ?? 0));
  return {
    fill: zeros ? "0" : (fill ?? " "),
    align: zeros && align === "" ? "=" : align,
    sign,
    noNegativeZero: z !== "",
    alternate: alternate !== "",
    width,
    grouping,
    precision,
    type,
  };
}

/**
 * Refuses the parts of a specification that mean nothing for a kind of value.
 *
 * @param parts of `+` (a sign), `z`, `#`, `,` (grouping) and `.` (a precision)
 */
export function refuseParts(spec: FormatSpec, parts: string, kind: string): void {
  const given: Record<string, boolean> = {
    "+": spec.sign !== "",
    z: spec.noNegativeZero,
    "#": spec.alternate,
    ",": spec.grouping !== "",
    ".": spec.precision !== undefined,
  };
  for (const part of parts) if (given[part]) throw valueError(`'${part}' cannot be used to format ${kind}`);
}
