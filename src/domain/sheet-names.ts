/** Longest name of a sheet that Excel takes, and what it refuses in one. */
const MAX_NAME = 31;
const NOT_IN_NAMES = /[\\/?*[\]:]/g;

/** Names as Excel takes them, no two alike, letter case aside. */
export function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const clean = name.replaceAll(NOT_IN_NAMES, " ").replaceAll(/^'|'$/g, " ").trim() || "–";
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? "" : ` (${number})`;
      const candidate = clean.slice(0, MAX_NAME - suffix.length).trimEnd() + suffix;
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  });
}
