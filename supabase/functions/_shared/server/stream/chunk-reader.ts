/** Large enough for many events at once. */
const BUFFER_BYTES = 16 * 1024;

export interface ChunkReader {
  read(): Promise<ReadableStreamReadResult<Uint8Array>>;
  cancel(): Promise<void>;
}

/**
 * Reads a body into one buffer and hands out copies of what came. Left to itself, Deno makes (and zeroes) 64 kB
 * for every chunk, however short, which costs more than all else that is done for a chunk, and whoever keeps a
 * chunk keeps its 64 kB.
 */
export function chunkReader(stream: ReadableStream<Uint8Array>): ChunkReader {
  const reader = byteReader(stream);
  if (!reader) return stream.getReader();
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  return {
    read: () =>
      reader.read(new Uint8Array(buffer)).then((result) => {
        if (result.done) return { done: true, value: undefined };
        buffer = result.value.buffer;
        return { done: false, value: result.value.slice() };
      }),
    cancel: () => reader.cancel(),
  };
}

/** Null for a stream that is not one of bytes, such as a script makes. */
function byteReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return null;
  }
}
