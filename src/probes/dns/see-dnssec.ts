import { type Sight, unseen } from "../../domain/audit/sight.ts";
import type { DnssecSight } from "../../domain/audit/zone.ts";
import type { AuditSession } from "../audit/session.ts";
import type { Asked } from "./asked.ts";
import { ROOT } from "./dns-name.ts";
import { type Resolver, askResolver } from "./resolvers.ts";

/** Resolvers whose validation is tried. */
const MAX_RESOLVERS = 2;

/** Extended errors that name a fault of signatures: RFC 8914 sections 4.2, 4.3 and 4.6 to 4.13; 25 and 27 of the registry. */
const SIGNATURE_ERRORS: ReadonlySet<number> = new Set([1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 25, 27]);

/**
 * What a validating resolver says of the zone's signatures (D5). That a resolver validates is shown by AD on the
 * root's SOA; without such a resolver nothing can be said.
 */
export async function seeDnssec(
  zone: string,
  resolvers: readonly Resolver[],
  session: AuditSession,
): Promise<Sight<DnssecSight>> {
  let silent = true;
  for (const resolver of resolvers.slice(0, MAX_RESOLVERS)) {
    const proof = await askSurely(ROOT, false, resolver, session);
    if (rcodeOf(proof) === "NOERROR") silent = false;
    if (isAuthentic(proof)) return validated(zone, resolver, session);
  }
  if (session.remaining() === 0) return unseen("deadline");
  return {
    outcome: silent ? "resolver_failed" : "unproven",
    rcodes: { checking: null, disabled: null },
    extendedErrors: [],
    resolver: resolvers[0]!.text,
  };
}

async function validated(
  zone: string,
  resolver: Resolver,
  session: AuditSession,
): Promise<Sight<DnssecSight>> {
  const checking = await askSurely(zone, false, resolver, session);
  // A name that fails only while signatures are checked fails because of them.
  const failed = rcodeOf(checking) === "SERVFAIL";
  const disabled = failed ? await askSurely(zone, true, resolver, session) : checking;
  if (checking.outcome === "cut" || disabled.outcome === "cut") return unseen("deadline");
  return {
    outcome: judgeable(checking, disabled),
    rcodes: { checking: rcodeOf(checking), disabled: failed ? rcodeOf(disabled) : null },
    extendedErrors: extendedErrors(checking),
    resolver: resolver.text,
  };
}

function judgeable(checking: Asked, disabled: Asked): DnssecSight["outcome"] {
  if (isAuthentic(checking)) return "secure";
  const rcode = rcodeOf(checking);
  if (rcode === "NOERROR" || rcode === "NXDOMAIN") return "insecure";
  if (rcode !== "SERVFAIL" || rcodeOf(disabled) !== "NOERROR") return "resolver_failed";
  const errors = extendedErrors(checking);
  // A resolver that says why it failed, and says something else, did not fail because of signatures.
  const because = errors.length === 0 || errors.some((code) => SIGNATURE_ERRORS.has(code));
  return because ? "bogus" : "resolver_failed";
}

/** SOA of a zone, up to three tries while the resolver fails or is silent. */
async function askSurely(
  name: string,
  checkingDisabled: boolean,
  resolver: Resolver,
  session: AuditSession,
): Promise<Asked> {
  const question = { name, type: "SOA", dnssec: true, checkingDisabled } as const;
  const { outcome } = await session.tries(
    () => askResolver(question, resolver, session),
    (asked) => asked.outcome !== "answered" || asked.reply.rcode === "SERVFAIL",
  );
  return outcome;
}

function isAuthentic(asked: Asked): boolean {
  return asked.outcome === "answered" && asked.reply.rcode === "NOERROR" && asked.reply.authentic;
}

function rcodeOf(asked: Asked): string | null {
  return asked.outcome === "answered" ? asked.reply.rcode : null;
}

/** Each once, sorted, so that equal answers are equal facts. */
function extendedErrors(asked: Asked): number[] {
  if (asked.outcome !== "answered") return [];
  return [...new Set(asked.reply.extendedErrors)].sort((a, b) => a - b);
}
