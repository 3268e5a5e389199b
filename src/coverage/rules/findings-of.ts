import type { Finding } from "./finding.ts";

const NONE: readonly Finding[] = [];

/** What was found at each of these, all together; most rules find nothing in most rows, and then make nothing. */
export function findingsOf<Item>(
  items: readonly Item[],
  find: (item: Item) => readonly Finding[],
): readonly Finding[] {
  let all = NONE;
  for (const item of items) {
    const found = find(item);
    if (found.length > 0) all = all.length === 0 ? found : [...all, ...found];
  }
  return all;
}
