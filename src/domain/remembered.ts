/** Longer texts are worked out each time: a file could have very many of them. */
const LONGEST = 100;

/**
 * The same function of a text, which has to depend on nothing else, with its answers kept; they are forgotten when there
 * are more than `most`. For what recurs in every row and quarter of a file.
 */
export function remembered<Value>(
  most: number,
  answer: (text: string) => Value,
): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Value;
    const found = answer(text);
    if (text.length > LONGEST) return found;
    if (known.size >= most) known.clear();
    known.set(text, found);
    return found;
  };
}
