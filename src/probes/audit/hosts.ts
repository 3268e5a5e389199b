import type { SecureContext } from "node:tls";
import type { AddressSight, TlsSight } from "../../domain/audit/host.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import { FAMILIES, type Family } from "../../domain/family.ts";
import type { Endpoint } from "../connect.ts";
import { type Draft, type HostDraft, newAddress } from "./draft.ts";
import type { HostPlan } from "./entry.ts";
import { MAX_ADDRESSES } from "./limits.ts";
import { seePort } from "./ports.ts";
import { seeTls } from "./tls.ts";
import { type AuditTools, guarded } from "./tools.ts";
import { trySight } from "./try-sight.ts";
import { type Versions, everyVersion, seeVersions } from "./versions.ts";
import { type Visit, answerSight, visit, visitFailed } from "./visit.ts";

/** What visiting an address brought beside its sight: where chains and pages go on from. */
export interface Arrival {
  readonly family: Family;
  readonly address: string;
  readonly trust: SecureContext;
  /** The last visit over TLS and over plain HTTP; null where there was none. */
  readonly visits: { https: Visit | null; http: Visit | null };
}

/** Looks at every address of a host whose name was asked for, and writes into its draft. */
export async function seeHost(
  plan: HostPlan,
  draft: HostDraft,
  tools: AuditTools,
): Promise<readonly Arrival[]> {
  draft.addresses = FAMILIES.flatMap((family) => draftAddresses(family, plan, draft, tools));
  return Promise.all(draft.addresses.map((address) => seeAddress(plan, address, tools)));
}

function draftAddresses(
  family: Family,
  { urls }: HostPlan,
  draft: HostDraft,
  { session }: AuditTools,
): Draft<AddressSight>[] {
  const { addresses, beyond } = draft.name.answers[family];
  const closed = session.closed(family);
  draft.beyond += beyond + Math.max(0, addresses.length - MAX_ADDRESSES);
  return addresses.slice(0, MAX_ADDRESSES).map((address) => {
    const reason = closed?.unseen ?? (address.usable ? "deadline" : "refused_here");
    const sight = newAddress(family, address, reason);
    if (urls !== null || reason !== "deadline") return sight;
    // Of a hop's host only its connections matter.
    const skipped = unseen("limit");
    return { ...sight, versions: everyVersion(skipped), answer: skipped, plain: skipped };
  });
}

async function seeAddress(
  plan: HostPlan,
  draft: Draft<AddressSight>,
  tools: AuditTools,
): Promise<Arrival> {
  const { family } = draft;
  const { address } = draft.address;
  const visits: Arrival["visits"] = { https: null, http: null };
  const arrival = { family, address, trust: tools.session.trust, visits };
  if (!draft.address.usable || tools.session.closed(family) !== null) return arrival;
  const seen = await guarded(`${plan.host} at ${address}`, tools.report, async () => {
    const [trust] = await Promise.all([
      seeSecure(plan, draft, visits, tools),
      seePlain(plan, draft, visits, tools),
    ]);
    return { ...arrival, trust };
  });
  if (!("unseen" in seen)) return seen;
  blame(draft);
  return arrival;
}

/** What a fault of ours left open is ours. */
function blame(draft: Draft<AddressSight>): void {
  const fault = unseen("own_fault");
  for (const key of ["https", "http", "tls", "answer", "plain"] as const) {
    const sight = draft[key];
    if (isUnseen(sight) && sight.unseen === "deadline") draft[key] = fault;
  }
}

const NOT_REACHED = unseen("not_reached");

/** The side of an address that stands for port 443: port, handshake, versions, answer. */
async function seeSecure(
  plan: HostPlan,
  draft: Draft<AddressSight>,
  visits: Arrival["visits"],
  tools: AuditTools,
): Promise<SecureContext> {
  const { family } = draft;
  const { address } = draft.address;
  const endpoint = { address, port: plan.httpsPort, family };
  const { trust: strict } = tools.session;
  draft.https = await seePort(endpoint, tools);
  if (isUnseen(draft.https) || draft.https.outcome !== "open") {
    const why = isUnseen(draft.https) ? draft.https : NOT_REACHED;
    Object.assign(draft, { tls: why, versions: everyVersion(why), answer: why });
    return strict;
  }
  const { sight, trust } = await seeTls(endpoint, plan.host, tools);
  draft.tls = sight;
  if (plan.urls === null) return trust;
  draft.versions = await versionsOf(plan, endpoint, sight, tools);
  // HTTP can be spoken whatever the certificate is: it is judged later.
  if (isUnseen(sight) || sight.protocol === null) {
    draft.answer = isUnseen(sight) ? sight : NOT_REACHED;
    return trust;
  }
  const order = { url: plan.urls.https, family, address, trust };
  const tried = await trySight(tools.session, () => visit(order, tools), visitFailed);
  draft.answer = answerSight(tried.outcome, tried.failedTries);
  visits.https = isUnseen(tried.outcome) ? null : tried.outcome;
  return trust;
}

/** The versions are asked of the entry host alone; of one that says nothing at all there is nothing to ask. */
async function versionsOf(
  { host, role }: HostPlan,
  endpoint: Endpoint,
  tls: Sight<TlsSight>,
  tools: AuditTools,
): Promise<Versions> {
  if (role !== "entry") return everyVersion(unseen("limit"));
  if (isUnseen(tls)) return everyVersion(tls);
  if (tls.outcome === "timeout") return everyVersion(NOT_REACHED);
  return seeVersions(endpoint, host, tls, tools);
}

/** The side that stands for port 80: port and answer. */
async function seePlain(
  plan: HostPlan,
  draft: Draft<AddressSight>,
  visits: Arrival["visits"],
  tools: AuditTools,
): Promise<void> {
  const { family } = draft;
  const { address } = draft.address;
  draft.http = await seePort({ address, port: plan.httpPort, family }, tools);
  if (plan.urls === null) return;
  if (isUnseen(draft.http) || draft.http.outcome !== "open") {
    draft.plain = isUnseen(draft.http) ? draft.http : NOT_REACHED;
    return;
  }
  const order = { url: plan.urls.http, family, address, trust: tools.session.trust };
  const tried = await trySight(tools.session, () => visit(order, tools), visitFailed);
  draft.plain = answerSight(tried.outcome, tried.failedTries);
  visits.http = isUnseen(tried.outcome) ? null : tried.outcome;
}
