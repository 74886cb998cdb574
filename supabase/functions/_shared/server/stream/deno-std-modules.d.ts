/** What is used of Deno's standard library, whose npm package has no types. */
declare module "deno-std/bytes/concat.js" {
  export function concat(buffers: readonly Uint8Array[]): Uint8Array;
}
