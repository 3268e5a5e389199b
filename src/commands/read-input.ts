/** All bytes of an input file; of one above the limit a byte more than that, so that it is seen to be too large. */
export async function readInput(
  input: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit + 1);
}
