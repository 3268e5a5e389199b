/** Whether PostgreSQL can hold a text: it knows no NUL, and UTF-8 no halves of surrogate pairs (as jsonb insists). */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** The paths of all texts in a parsed request that cannot be stored. */
export function unstorablePaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === "string") return isStorable(value) ? [] : [[...path]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unstorablePaths(inner, [...path, key]));
}
