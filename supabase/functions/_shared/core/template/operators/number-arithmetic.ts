import type { ArithmeticOperator } from "../ast/expressions.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { Float } from "../values/float.ts";
import { type Integer, integerToFloat, negateInteger } from "../values/integers.ts";
import { notSupported, overflowError, PythonError } from "../values/python-error.ts";
import type { Value } from "../values/value.ts";
import {
  addIntegers,
  divideIntegers,
  divideToFloat,
  multiplyIntegers,
  raiseInteger,
  subtractIntegers,
} from "./integer-arithmetic.ts";

export function integerArithmetic(operator: ArithmeticOperator, a: Integer, b: Integer, rt: Runtime): Value {
  switch (operator) {
    case "+":
      return addIntegers(a, b);
    case "-":
      return subtractIntegers(a, b);
    case "*":
      return multiplyIntegers(a, b, rt.meter);
    case "**":
      if (b >= 0) return raiseInteger(a, b, rt.meter);
      if (a === 0) throw zeroPower();
      return floatArithmetic("**", integerToFloat(a), integerToFloat(b));
    case "/":
      if (b === 0) throw zeroDivision("division by zero");
      return new Float(divideToFloat(a, b));
    case "//":
      if (b === 0) throw zeroDivision("integer division or modulo by zero");
      return divideIntegers(a, b)[0];
    case "%":
      if (b === 0) throw zeroDivision("integer modulo by zero");
      return divideIntegers(a, b)[1];
  }
}

export function floatArithmetic(operator: ArithmeticOperator, left: Integer, right: Integer): Float {
  const [a, b] = [integerToNumber(left), integerToNumber(right)];
  switch (operator) {
    case "+":
      return new Float(a + b);
    case "-":
      return new Float(a - b);
    case "*":
      return new Float(a * b);
    case "**":
      return new Float(floatPower(a, b));
    case "/":
      if (b === 0) throw zeroDivision("float division by zero");
      return new Float(a / b);
    case "//":
      if (b === 0) throw zeroDivision("float floor division by zero");
      return new Float(floatDivmod(a, b)[0]);
    case "%":
      if (b === 0) throw zeroDivision("float modulo");
      return new Float(floatDivmod(a, b)[1]);
  }
}

/** A float operand comes as it is; an integer beside it must fit a float. */
function integerToNumber(value: Integer): number {
  return typeof value === "number" ? value : integerToFloat(value);
}

/** Python's algorithm: the remainder has the divisor's sign, and the quotient is rounded to match. */
function floatDivmod(a: number, b: number): [quotient: number, remainder: number] {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder === 0) remainder = b < 0 ? -0 : 0;
  else if (b < 0 !== remainder < 0) {
    remainder += b;
    quotient -= 1;
  }
  if (quotient === 0) return [a / b < 0 || Object.is(a / b, -0) ? -0 : 0, remainder];
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, remainder];
}

function floatPower(a: number, b: number): number {
  if (a === 0 && b < 0) throw zeroPower();
  if (a === 1 || b === 0) return 1;
  if (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) return 1;
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
    throw notSupported("Complex numbers are not supported: a negative number to a fractional power.");
  }
  const result = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
    throw overflowError("(34, 'Numerical result out of range')");
  }
  return result;
}

export function negate(value: Integer | Float): Value {
  return value instanceof Float ? new Float(-value.value) : negateInteger(value);
}

function zeroDivision(message: string): PythonError {
  return new PythonError("zero_division_error", message);
}

function zeroPower(): PythonError {
  return zeroDivision("0.0 cannot be raised to a negative power");
}
