/** Puts a value under a key; beyond so many keys the one that was put first goes for a new one. */
export function remember<Key, Value>(
  known: Map<Key, Value>,
  key: Key,
  value: Value,
  most: number,
): void {
  const oldest = known.keys().next();
  if (!known.has(key) && known.size >= most && !oldest.done) known.delete(oldest.value);
  known.set(key, value);
}
