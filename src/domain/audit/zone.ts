import type { SeenAddress } from "./names.ts";
import type { Sight } from "./sight.ts";

/** How one question to one server over one transport ended. */
export const SERVER_OUTCOMES = [
  "answered",
  "timeout",
  "refused_connection",
  "unreachable",
  "reset",
  "malformed",
] as const;

export type ServerOutcome = (typeof SERVER_OUTCOMES)[number];

/** An authoritative server's answer to SOA of the zone, after up to three tries. */
export interface ServerAnswer {
  readonly outcome: ServerOutcome;
  /** Mnemonic of the response code (`NOERROR`, `REFUSED`, …), null without an answer. */
  readonly rcode: string | null;
  /** AA bit (RFC 1035 section 4.1.1). */
  readonly authoritative: boolean;
  /** Whether the answer held the SOA of our zone. */
  readonly holdsZone: boolean;
  /** Tries that failed before this outcome, the last one included if it failed. */
  readonly failedTries: number;
}

/** One address of a name server, asked over UDP and over TCP. */
export interface ServerAddressSight {
  readonly address: SeenAddress;
  readonly udp: Sight<ServerAnswer>;
  readonly tcp: Sight<ServerAnswer>;
}

/** One name server of the zone with the addresses that its name has over each family. */
export interface NameServerSight {
  readonly name: string;
  /** Null where its AAAA could not be learned (resolver), else at most eight. */
  readonly ip6: readonly ServerAddressSight[] | null;
  /** Null where its A could not be learned, else at most eight; asked over UDP only, to tell lame from unreachable. */
  readonly ip4: readonly ServerAddressSight[] | null;
}

/** Why a delegation can't be crossed over IPv6 alone, or what is not right though it can. */
export const CUT_FAULTS = [
  "ns_without_aaaa",
  "glue_missing",
  "out_of_zone_ns_unresolvable",
  "no_answer",
  "lame",
  "rate_limited",
  "loop",
  "limit",
] as const;

export type CutFault = (typeof CUT_FAULTS)[number];

/** One server of a cut as the walk met it. */
export interface CutServer {
  readonly name: string;
  readonly inZone: boolean;
  /** AAAA glue that the parent gave. */
  readonly glue6: readonly string[];
  readonly glue4: readonly string[];
  /** IPv6 addresses that were learned over IPv6, glue or walked; empty if none. */
  readonly addresses6: readonly string[];
  /** What asking it over IPv6 came to; null where it was not asked: it had no address, or another had answered. */
  readonly outcome: ServerOutcome | "lame" | "rate_limited" | "refused_here" | null;
}

/** One delegation on the way from the root to the zone. */
export interface Cut {
  /** Zone that is delegated, without the final dot; the root is ".". */
  readonly zone: string;
  readonly parent: string;
  readonly servers: readonly CutServer[];
  readonly crossed: boolean;
  /** What keeps the cut from being crossed; null if it was. */
  readonly fault: CutFault | null;
  /** Glue that is missing or differs from the child's own records, though the cut was crossed. */
  readonly glue: "consistent" | "missing" | "differs" | "not_needed" | "unknown";
}

/** The walk from the root to the portal's AAAA over IPv6 transport alone (D4). */
export interface WalkSight {
  /** `unsure`: a server limited our rate, or a bound of ours ended the walk. */
  readonly outcome: "reached" | "blocked" | "differs" | "unsure";
  /** AAAA at the end, sorted. */
  readonly addresses: readonly string[];
  readonly cuts: readonly Cut[];
  /** The cut that could not be crossed, by the zone's name; null if the walk came through. */
  readonly blockedAt: { readonly zone: string; readonly fault: CutFault } | null;
  /** Questions that were sent. */
  readonly questions: number;
}

/** What the resolver says about the portal's signatures (D5). */
export interface DnssecSight {
  /** `unproven`: this resolver does not validate (no AD on the root's SOA), so it can't say. */
  readonly outcome: "secure" | "insecure" | "bogus" | "unproven" | "resolver_failed";
  /** Response codes with CD=0 and CD=1. */
  readonly rcodes: { readonly checking: string | null; readonly disabled: string | null };
  /** Extended DNS error codes (RFC 8914) of the answer with CD=0. */
  readonly extendedErrors: readonly number[];
  readonly resolver: string;
}

/** The same question over both families of one server (D6). */
export interface DataParity {
  readonly name: string;
  readonly ip4: string;
  readonly ip6: string;
  readonly equal: boolean;
  /** Sorted records over each family, kept only where they differ. */
  readonly ip4Records: readonly string[];
  readonly ip6Records: readonly string[];
}

/** Everything about the zone that holds the portal's host. */
export interface ZoneSight {
  /** The zone's name, found by SOA and NS questions. */
  readonly zone: string;
  /** At most 16, sorted by name. */
  readonly servers: readonly NameServerSight[];
  /** How many servers there were beyond those. */
  readonly beyond: number;
  readonly walk: Sight<WalkSight>;
  readonly dnssec: Sight<DnssecSight>;
  readonly parity: Sight<{ readonly servers: readonly DataParity[] }>;
}

/** One mail server (information only). */
export interface MailServerSight {
  readonly name: string;
  readonly preference: number;
  readonly ip6: readonly SeenAddress[] | null;
  /** Whether an IPv6 address accepts TCP on port 25. */
  readonly accepts: Sight<{ readonly open: boolean }>;
}

/** Mail of the portal's registrable domain. `null_mx`: RFC 7505. */
export interface MailSight {
  readonly domain: string;
  readonly outcome: "servers" | "none" | "null_mx";
  /** At most 8, by preference. */
  readonly servers: readonly MailServerSight[];
}
