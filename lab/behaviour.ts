import { z } from "zod";

/** The certificates that a lab server can present; all but the first three are defects. `valid-other`: a second one for the same host. */
export const CERTIFICATES = [
  "valid",
  "valid-other",
  "expires-soon",
  "expired",
  "not-yet-valid",
  "wrong-host",
  "self-signed",
  "incomplete-chain",
  "untrusted-root",
  "untrusted-issuer",
] as const;

export type CertificateName = (typeof CERTIFICATES)[number];

/** Ranges of TLS versions that a lab server can be told to accept. */
export const VERSION_RANGES = ["1.2-1.3", "1.0-1.3", "1.0-1.1", "1.2", "1.3"] as const;

export type VersionRange = (typeof VERSION_RANGES)[number];

const certificateSchema = z.enum(CERTIFICATES);

const statusSchema = z.int().min(200).max(599);

/** Longest wait that a lab server plays, milliseconds: longer than any sensible probe deadline. */
const MAX_WAIT_MS = 60_000;

const locationSchema = z
  .string()
  .max(2000)
  .regex(/^[\x20-\x7e]*$/);

/** Strict-Transport-Security for a year (RFC 6797), sent once: what a healthy page says. */
const GOOD_HSTS = ["max-age=31536000"];

const pageSchema = z.strictObject({
  kind: z.literal("page"),
  status: statusSchema.default(200),
  /** Wait before the answer, milliseconds. */
  afterMs: z.int().min(0).max(MAX_WAIT_MS).default(0),
  contentType: z.string().max(200).default("text/html; charset=utf-8"),
  /** Null: a page that names the portal. `{portal-id}`, `{nonce}` and the like are filled in (page-body.ts). */
  body: z.string().max(100_000).nullable().default(null),
  /** Lines of Strict-Transport-Security, each sent by itself. */
  hsts: z.array(locationSchema).max(4).default(GOOD_HSTS),
  /** Further headers. */
  headers: z.record(z.string().regex(/^[a-z-]{1,60}$/), locationSchema).default({}),
  /** What /.well-known/security.txt says (RFC 9116); null: the page, as for every path. */
  securityTxt: z.string().max(10_000).nullable().default(null),
});

const redirectSchema = z.strictObject({
  kind: z.literal("redirect"),
  status: z.int().min(300).max(399).default(302),
  /** Sent as it is, except that a leading `{portal-id}` becomes the origin of that portal's URL. */
  location: locationSchema,
});

/** One way of answering that needs no further words; http-defects.ts says what each sends. */
const oddSchema = z.strictObject({
  kind: z.enum([
    "redirect-loop",
    "redirect-chain",
    "headers-slow",
    "headers-endless",
    "body-stalls",
    "body-endless",
    "body-bomb",
    "close",
    "reset",
    "garbage",
  ]),
});

const steadySchema = z.discriminatedUnion("kind", [pageSchema, redirectSchema, oddSchema]);

const flapSchema = z.strictObject({
  kind: z.literal("flap"),
  /** Count requests (of one family) or milliseconds since the behaviour began. */
  by: z.enum(["requests", "time"]),
  /** Length of one phase in requests or milliseconds; the first phase is `first`. */
  every: z.int().min(1).max(86_400_000),
  first: steadySchema,
  second: steadySchema,
});

const httpSchema = z.discriminatedUnion("kind", [
  pageSchema,
  redirectSchema,
  oddSchema,
  flapSchema,
]);

/** How a server answers a request, once it was understood. */
export type HttpBehaviour = z.infer<typeof httpSchema>;

/** An `HttpBehaviour` without phases. */
export type SteadyHttpBehaviour = z.infer<typeof steadySchema>;

const familySchema = z.strictObject({
  /** What the resolver says when asked for this family's records. */
  dns: z.enum(["answer", "none", "nxdomain", "servfail", "refused", "timeout", "malformed"]),
  /** Addresses to publish in place of the one that is served; null: the served one. */
  addresses: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .min(1)
    .max(8)
    .nullable(),
  /** A second address, published before the served one, that does not work. */
  spare: z.enum(["none", "refuse", "dead"]),
  /** `dead` swallows the SYN, so that a connect hangs until its own timeout. */
  tcp: z.enum(["accept", "refuse", "dead"]),
  tls: z.enum(["answer", "silent", "garbage", "reset", "close"]),
  certificate: certificateSchema,
  /** Versions that the server agrees to, those below 1.2 at the lowest security level. */
  versions: z.enum(VERSION_RANGES),
  /** Whether it staples an OCSP response (RFC 6066 section 8) when asked. */
  ocsp: z.enum(["none", "stapled"]),
  http: httpSchema,
});

/** What a portal plays over one address family, layer by layer. */
export type FamilyBehaviour = z.infer<typeof familySchema>;

const partsSchema = familySchema.partial();

const sharedParts = {
  /** CNAME before the addresses: a short chain, one too big for UDP, one that ends without addresses or at no name at all, one in a circle. */
  alias: z.enum(["none", "chain", "big", "nowhere", "dangling", "loop"]),
  /**
   * What the common plain-HTTP port does for this host: lead to HTTPS, show the page, take the request and close,
   * `refuse` (from the start of the lab on, and only where no other host shares the address), or lead elsewhere.
   */
  plainHttp: z.union([
    z.enum(["redirect", "page", "close", "refuse"]),
    z.strictObject({ to: locationSchema }),
  ]),
};

/** The whole behaviour of one portal. */
export interface Behaviour {
  readonly alias: z.infer<typeof sharedParts.alias>;
  readonly plainHttp: z.infer<typeof sharedParts.plainHttp>;
  readonly ip4: FamilyBehaviour;
  readonly ip6: FamilyBehaviour;
}

/** A departure from the healthy behaviour, as callers and the control API state it. */
export const behaviourChangeSchema = z.strictObject({
  alias: sharedParts.alias.optional(),
  plainHttp: sharedParts.plainHttp.optional(),
  both: partsSchema.optional(),
  ip4: partsSchema.optional(),
  ip6: partsSchema.optional(),
});

/** What differs from health; `ip4` and `ip6` win over `both`. Defaults inside `http` may be left out. */
export type BehaviourChange = z.input<typeof behaviourChangeSchema>;

const HEALTHY_FAMILY: FamilyBehaviour = {
  dns: "answer",
  addresses: null,
  spare: "none",
  tcp: "accept",
  tls: "answer",
  certificate: "valid",
  versions: "1.2-1.3",
  ocsp: "none",
  http: pageSchema.parse({ kind: "page" }),
};

/** The healthy behaviour with `change` laid over it; throws a zod error for a value outside the schema. */
export function behaviourOf(change: BehaviourChange): Behaviour {
  const { alias, plainHttp, both, ip4, ip6 } = behaviourChangeSchema.parse(change);
  return {
    alias: alias ?? "none",
    plainHttp: plainHttp ?? "redirect",
    ip4: { ...HEALTHY_FAMILY, ...both, ...ip4 },
    ip6: { ...HEALTHY_FAMILY, ...both, ...ip6 },
  };
}
