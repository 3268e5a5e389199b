import type { HostSight } from "./audit/host.ts";
import type { AuditFacts } from "./audit/observation.ts";
import { isUnseen } from "./audit/sight.ts";
import { FAMILIES } from "./family.ts";
import { parsePortalUrl } from "./portal-url.ts";

/** How a host name came to our eyes: a redirect led there, a certificate has it, a page loads from it, a list names it. */
export const SEEN_HOWS = ["redirect", "certificate", "page", "import"] as const;

export type SeenHow = (typeof SEEN_HOWS)[number];

/** A host name that may be a portal nobody has listed. */
export interface SeenName {
  readonly host: string;
  readonly how: SeenHow;
  /** The URL that redirected, or the certificate's fingerprint; null where there is nothing to add. */
  readonly detail: string | null;
}

/** Domains under which only bodies of the state register: those of the list that hold more than one portal. */
const STATE_DOMAINS = ["gov.vn", "chinhphu.vn", "quochoi.vn", "bqp.vn"] as const;

/** Names of one audit that are kept; certificates of large hosters hold hundreds. */
const MAX_NAMES = 50;

/**
 * A host name in the form in which seen names are kept: lower case, punycode, without a final dot and without `www.`,
 * at least two labels. Null for anything else: a port, a path, an address, a wildcard.
 */
export function parseHostName(text: string): string | null {
  const parsed = parsePortalUrl(`https://${text}/`);
  if (!parsed.ok) return null;
  const { url, host } = parsed.value;
  if (url !== `https://${host}/`) return null;
  const plain = host.replace(/\.$/, "").replace(/^(www\.)+/, "");
  return /\.[a-z][a-z0-9-]*$/.test(plain) ? plain : null;
}

/**
 * Names of the state that one audit saw beside the portal's own, each once: hosts that redirects lead to, names in the
 * certificates of its addresses, own-domain hosts of its page. What else a shared certificate names is nobody's business.
 */
export function namesSeen(facts: AuditFacts): SeenName[] {
  const [entry] = facts.hosts;
  if (entry === undefined) return [];
  const names = new Map<string, SeenName>();
  for (const found of [
    ...redirectNames(facts),
    ...certificateNames(facts, entry),
    ...pageNames(facts),
  ]) {
    const host = parseHostName(found.host);
    if (host === null || !isOfState(host) || host === parseHostName(entry.host)) continue;
    if (!names.has(host) && names.size < MAX_NAMES) names.set(host, { ...found, host });
  }
  return [...names.values()];
}

function isOfState(host: string): boolean {
  return STATE_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function redirectNames({ chains }: AuditFacts): SeenName[] {
  return FAMILIES.flatMap((family) => {
    const chain = chains[family];
    if (isUnseen(chain)) return [];
    return chain.hops.flatMap(({ url, leadsTo }) => {
      const host = leadsTo === null ? undefined : URL.parse(leadsTo)?.hostname;
      return host === undefined ? [] : [{ host, how: "redirect" as const, detail: url }];
    });
  });
}

function certificateNames({ certificates }: AuditFacts, entry: HostSight): SeenName[] {
  const leaves = entry.addresses.flatMap(({ tls }) => (isUnseen(tls) ? [] : tls.chain.slice(0, 1)));
  return [...new Set(leaves)].flatMap((fingerprint) =>
    (certificates[fingerprint]?.names ?? []).map((host) => ({
      host,
      how: "certificate" as const,
      detail: fingerprint,
    })),
  );
}

function pageNames({ page }: AuditFacts): SeenName[] {
  if (isUnseen(page.resources)) return [];
  return page.resources.hosts
    .filter(({ own }) => own)
    .map(({ host }) => ({ host, how: "page" as const, detail: null }));
}
