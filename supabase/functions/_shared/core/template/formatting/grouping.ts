/**
 * Puts a separator between groups of digits and fills up to `width` with zeros, which are grouped too:
 * `1234` in a width of 10 is `00,001,234`.
 */
export function insertGroups(digits: string, separator: string, size: number, width: number): string {
  if (separator === "") return digits.padStart(width, "0");
  let grouped = "";
  let rest = digits;
  while (rest.length > size) {
    grouped = separator + rest.slice(-size) + grouped;
    rest = rest.slice(0, -size);
  }
  grouped = rest + grouped;
  let inFirst = rest.length;
  while (grouped.length < width) {
    if (inFirst === size) {
      grouped = separator + grouped;
      inFirst = 0;
      // A number never begins with a separator: a zero goes before it even beyond the width.
      if (grouped.length >= width) return `0${grouped}`;
    }
    grouped = `0${grouped}`;
    inFirst++;
  }
  return grouped;
}
