/**
 * The name an author probably meant, for hints: the closest of `names` by edits (a swap of neighbours
 * is one), or undefined when none is close.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  if (name.length > 40) return undefined;
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const sameStart = name[0]?.toLowerCase() === candidate[0]?.toLowerCase();
    // People seldom mistype the first letter: it decides between equally close names.
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase()) + (sameStart ? 0 : 0.5);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Names looked at for a hint: data with more keys is not searched to the end for one. */
const MOST_NAMES = 1000;

/** A hint for a name that there is not. */
export function didYouMean(name: string, names: Iterable<string>): string | undefined {
  const others: string[] = [];
  for (const one of names) {
    if (others.length === MOST_NAMES) break;
    if (one !== name) others.push(one);
  }
  const near = nearestName(name, others);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}

/** Optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
