/** The two address families, by the names that the metrics use. Each is probed and judged by itself. */
export const FAMILIES = ["ip4", "ip6"] as const;

export type Family = (typeof FAMILIES)[number];

/** The family that is not `family`. */
export function otherFamily(family: Family): Family {
  return family === "ip4" ? "ip6" : "ip4";
}

/** 4 or 6, as sockets and DNS libraries want it. */
export function familyNumber(family: Family): 4 | 6 {
  return family === "ip4" ? 4 : 6;
}
