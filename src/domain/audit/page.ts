import type { Family } from "../family.ts";
import type { Sight } from "./sight.ts";

/** The final page over one family, reduced to what checks compare; bodies are never kept whole. */
export interface PageSight {
  readonly finalUrl: string;
  readonly status: number;
  /** Text of the title element, at most 200 characters. */
  readonly title: string | null;
  /** SHA-256 of the text after nonces, tokens and timestamps were taken out, lower-case hex. */
  readonly textDigest: string;
  /** Length of that text in characters. */
  readonly textLength: number;
  /** After decompression, rounded up to whole KiB, so that a counter's length does not make another page of it. */
  readonly bodyBytes: number;
  /** Whether the body was cut at a bound. */
  readonly cut: boolean;
  /** Character encoding that was used; faults: bytes were not valid in it, or no known one was declared and it was guessed. */
  readonly encoding: string;
  readonly encodingFaults: boolean;
}

/** How alike the pages over the two families are, beside how alike two IPv4 visits are (W7). Ratios 0–1. */
export interface PageParity {
  /** Similarity of the text over IPv4 and over IPv6, rounded down to hundredths; what it means is said in probes/page. */
  readonly similarity: number;
  /** Similarity of two visits over IPv4. */
  readonly baseline: number;
  readonly sameTitle: boolean;
  readonly sameFinalUrl: boolean;
  /** A few lines that only one side has, `-` IPv4, `+` IPv6; at most 1,000 characters. */
  readonly difference: string;
}

/**
 * Where a host of sub-resources can be had from, over IPv6. `no_address_at_all` has none over IPv4 either, so that it is
 * broken for everybody: no matter of IPv6. Neither that nor `unknown` accuses anybody.
 */
export type ResourceReach =
  | "works"
  | "no_address"
  | "no_address_at_all"
  | "special_address"
  | "unreachable"
  | "unknown";

/** One host that the page loads sub-resources from (W8). */
export interface ResourceHost {
  readonly host: string;
  /** Whether it shares the portal's registrable domain (public suffix list). */
  readonly own: boolean;
  /** How many distinct URLs of the page it serves. */
  readonly urls: number;
  /** Which elements: `script`, `stylesheet`, `img`, `font`, `iframe`, …; sorted. */
  readonly kinds: readonly string[];
  readonly ip6: ResourceReach;
  /** Address that was tried, literal; null where there was none. */
  readonly address: string | null;
}

/** Sub-resources of the landing page. */
export interface ResourcesSight {
  /** The family over which the page was fetched that was parsed. */
  readonly family: Family;
  /** At most 64 hosts, own ones first, then by name. */
  readonly hosts: readonly ResourceHost[];
  readonly beyondHosts: number;
  /** Distinct URLs that were counted, at most 10,000. */
  readonly urls: number;
  /** Whether a bound ended the counting. */
  readonly cut: boolean;
  /** URLs of `http:` sub-resources on an https page, at most 10, and how many there are. */
  readonly mixed: readonly string[];
  readonly mixedCount: number;
}

/** security.txt (RFC 9116), information only. */
export interface SecurityTxtSight {
  readonly outcome: "present" | "absent" | "invalid";
  readonly contact: string | null;
  /** ISO 8601, null if missing or unreadable. */
  readonly expires: string | null;
}

/** Everything about the landing page. */
export interface PageFacts {
  readonly pages: Readonly<Record<Family, Sight<PageSight>>>;
  readonly parity: Sight<PageParity>;
  readonly resources: Sight<ResourcesSight>;
  readonly securityTxt: Sight<SecurityTxtSight>;
}
