/** What kind of web service a portal is; a national platform outranks an agency's page. */
export const PORTAL_KINDS = [
  "portal",
  "public-service-gateway",
  "national-platform",
  "agency",
] as const;

export type PortalKind = (typeof PORTAL_KINDS)[number];

/**
 * Where a portal stands in its life. Only `active` and `redirected_to_dvcqg` portals are probed on schedule:
 * one that forwards to the national gateway must still forward.
 */
export const LIFECYCLES = ["active", "retired", "merged_into", "redirected_to_dvcqg"] as const;

export type Lifecycle = (typeof LIFECYCLES)[number];

/** Whether a portal in this lifecycle is probed on schedule. */
export function isProbed(lifecycle: Lifecycle): boolean {
  return lifecycle === "active" || lifecycle === "redirected_to_dvcqg";
}

/** What a portal's answer must look like; every part is optional and an empty one means "2xx after redirects". */
export interface Expectation {
  /** Accepted final status codes, single (`200`) or as a class or range (`"2xx"`, `"200-204"`). */
  readonly status?: readonly (number | string)[] | undefined;
  /** Text that the first 256 KiB of the body must contain. */
  readonly bodyText?: string | undefined;
  /** Regular expression in RE2 syntax (linear time) that the first 256 KiB of the body must match. */
  readonly bodyRegex?: string | undefined;
  /** RFC 9535 JSONPath that must select something in the body, equal to `equals` if that is given. */
  readonly jsonPath?: { readonly path: string; readonly equals?: unknown } | undefined;
  /** Slower than this, in milliseconds, is `degraded`, never down. */
  readonly maxResponseMs?: number | undefined;
}

/** What the prober must know of a portal, and no more. */
export interface ProbeTarget {
  /** The portal's number in the database. */
  readonly portal: number;
  /** The portal's stable id, as in the API. */
  readonly slug: string;
  /** Absolute http(s) URL, host in ASCII (punycode), without credentials. */
  readonly url: string;
  readonly expectation: Expectation;
}
