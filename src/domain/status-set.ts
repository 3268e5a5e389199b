/** `200`, `"200"`, `"2xx"` or `"200-204"`: the inclusive range that it stands for, or null if it is none of these. */
export function parseStatus(pattern: number | string): readonly [low: number, high: number] | null {
  const text = String(pattern).trim();
  const match = /^([1-5])xx$/i.exec(text);
  if (match) return [Number(match[1]) * 100, Number(match[1]) * 100 + 99];
  const range = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(text);
  if (!range) return null;
  const low = Number(range[1]);
  const high = Number(range[2] ?? range[1]);
  return low <= high ? [low, high] : null;
}

/** Whether a status code is in the set; a pattern that can't be parsed contains nothing. */
export function inStatusSet(patterns: readonly (number | string)[], status: number): boolean {
  return patterns.some((pattern) => {
    const range = parseStatus(pattern);
    return range !== null && status >= range[0] && status <= range[1];
  });
}

/** Codes whose Location a client follows with GET (RFC 9110 section 15.4; 300 and 304 are answers of their own). */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}
