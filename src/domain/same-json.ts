/** Whether two JSON values say the same; the order of keys says nothing, and neither does a key without a value. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one) || Array.isArray(other)) return sameList(one, other);
  const ones = filled(one);
  const others = new Map(filled(other));
  return (
    ones.length === others.size &&
    ones.every(([key, value]) => others.has(key) && sameJson(value, others.get(key)))
  );
}

function sameList(one: unknown, other: unknown): boolean {
  return (
    Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((item, index) => sameJson(item, other[index]))
  );
}

function filled(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
