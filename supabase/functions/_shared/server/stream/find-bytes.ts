/**
 * Finds a word in bytes without making a text of them first: what a stream's chunks are looked through for is
 * in one or two of hundreds. Horspool's algorithm, which looks at every n-th byte for a word of n bytes
 * (R. N. Horspool, "Practical fast searching in strings", 1980).
 */
export function byteFinder(word: string): (bytes: Uint8Array, from?: number) => number {
  const needle = new TextEncoder().encode(word);
  const last = needle.length - 1;
  const skip = new Uint8Array(256).fill(needle.length);
  for (let at = 0; at < last; at++) skip[needle[at] as number] = last - at;

  /** Where the word begins, at or after `from`; -1 when it is not there. */
  return (bytes, from = 0) => {
    for (let end = from + last; end < bytes.length; end += skip[bytes[end] as number] as number) {
      let at = last;
      while (at >= 0 && bytes[end - last + at] === needle[at]) at--;
      if (at < 0) return end - last;
    }
    return -1;
  };
}
