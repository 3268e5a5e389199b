import { domainToASCII } from "node:url";

/** The name of the root zone, as this folder writes it; all other names have no final dot. */
export const ROOT = ".";

/** RFC 1035 section 2.3.4, for names written without the final dot. */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/**
 * A name as DNS is asked for it: ASCII (RFC 5891 for other letters), lower case, no final dot.
 * Null for text that no DNS message can carry as a name.
 */
export function dnsName(text: string): string | null {
  if (text === ROOT) return ROOT;
  const bare = text.endsWith(".") ? text.slice(0, -1) : text;
  const ascii = /^[\x21-\x7e]*$/.test(bare) ? bare : domainToASCII(bare);
  if (ascii === "" || ascii.length > MAX_NAME) return null;
  const fits = ascii.split(".").every((label) => label !== "" && label.length <= MAX_LABEL);
  return fits ? ascii.toLowerCase() : null;
}

/** Whether a name is the zone's own or lies below it. */
export function isWithin(name: string, zone: string): boolean {
  return zone === ROOT || name === zone || name.endsWith(`.${zone}`);
}

/** How many labels a name has; the root has none. */
export function labelCount(name: string): number {
  return name === ROOT ? 0 : name.split(".").length;
}

/** The last labels of a name: `lastLabels("a.b.vn", 2)` is `b.vn`. */
export function lastLabels(name: string, count: number): string {
  return count === 0 ? ROOT : name.split(".").slice(-count).join(".");
}

/** The name above; of a top-level domain that is the root, and of the root itself. */
export function parentName(name: string): string {
  return lastLabels(name, Math.max(0, labelCount(name) - 1));
}
