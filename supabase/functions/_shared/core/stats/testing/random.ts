/** A seeded stream of uniform numbers in [0, 1): Marsaglia's xorshift128, so that simulations repeat exactly. */
export function seededRandom(seed: number): () => number {
  let [x, y, z, w] = [seed | 0 || 1, 362436069, 521288629, 88675123];
  const next = () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return (w >>> 0) / 2 ** 32;
  };
  // Nearby seeds begin with nearby numbers; a few rounds pull them apart.
  for (let i = 0; i < 20; i++) next();
  return next;
}

/** Standard normal numbers from uniform ones, by Box and Muller's transform (one of the pair is dropped). */
export function normalFrom(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
