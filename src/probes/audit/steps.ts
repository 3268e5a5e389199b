import { isIP } from "node:net";
import { type Unseen, isUnseen, unseen } from "../../domain/audit/sight.ts";
import { FAMILIES, type Family } from "../../domain/family.ts";
import { CookieJar } from "../cookies.ts";
import type { DnsClient } from "../dns-client.ts";
import type { DnsSight } from "../dns/index.ts";
import { hostOf } from "../location.ts";
import { type Followed, type Stay, followChain } from "./chain.ts";
import { type ObservationDraft, newHost } from "./draft.ts";
import { type HostPlan, hopPlan } from "./entry.ts";
import { type Arrival, seeHost } from "./hosts.ts";
import { seeLanding } from "./landing.ts";
import { MAX_HOSTS } from "./limits.ts";
import type { AuditStep } from "./options.ts";
import { reachable } from "./reachable.ts";
import { seeSecurityTxt } from "./security-txt.ts";
import { takeTimes } from "./timings.ts";
import { type AuditTools, guarded } from "./tools.ts";
import { visitFailed } from "./visit.ts";

/** What the steps of one audit work on. */
export interface AuditWork {
  readonly url: URL;
  readonly plans: readonly [entry: HostPlan, ...variants: HostPlan[]];
  readonly draft: ObservationDraft;
  readonly tools: AuditTools;
  readonly dns: DnsSight;
  /** Asks for addresses only, to take the time. */
  readonly stopwatch: DnsClient;
  readonly progress: (step: AuditStep) => void;
}

/** All steps between the two looks at the gate; each leaves what it saw in the draft. */
export async function runSteps(work: AuditWork): Promise<void> {
  const { draft, plans, tools, progress } = work;
  progress("names");
  const named = plans.map((plan, at) => nameHost(plan, at, work));
  const beside = named[0]!.then(() => Promise.all([seeZone(work), seeMail(work)]));
  await Promise.all(named);
  progress("addresses");
  const arrivals = await Promise.all(
    plans.map((plan, at) => seeHost(plan, draft.hosts[at]!, tools)),
  );
  await followAndRead(work, arrivals[0]!);
  await beside;
}

/** Everything that goes on from the entry host's addresses. */
async function followAndRead(work: AuditWork, arrivals: readonly Arrival[]): Promise<void> {
  const { url, plans, draft, tools, stopwatch, progress } = work;
  progress("redirects");
  const chains = await followBoth(work, arrivals);
  const hops = seeHops(work, chains);
  progress("page");
  // One after the other: the fetches of the page belong close together.
  await seeLanding(chains, draft.page, tools);
  draft.page.securityTxt = await guarded("security.txt", tools.report, () =>
    seeSecurityTxt(plans[0].urls!.https, arrivals, tools),
  );
  await hops;
  progress("timings");
  await guarded("times", tools.report, () =>
    takeTimes(url, arrivals, draft.timings, stopwatch, tools),
  );
}

async function nameHost(
  { host }: HostPlan,
  at: number,
  { draft, tools }: AuditWork,
): Promise<void> {
  const name = await guarded(`name ${host}`, tools.report, () => tools.nameOf(host));
  if (!("unseen" in name)) draft.hosts[at]!.name = name;
}

async function seeZone({ plans, draft, tools, dns, progress }: AuditWork): Promise<void> {
  progress("zone");
  const { host } = plans[0];
  draft.zone = await guarded("zone", tools.report, async () =>
    isIP(host) === 0 ? dns.seeZone(host, draft.hosts[0]!.name, tools.session) : NO_NAME,
  );
}

async function seeMail({ plans, draft, tools, dns, progress }: AuditWork): Promise<void> {
  progress("mail");
  const { host } = plans[0];
  draft.mail = await guarded("mail", tools.report, async () =>
    isIP(host) === 0 ? dns.seeMail(host, tools.session) : NO_NAME,
  );
}

/** A literal address has no zone and no mail. */
const NO_NAME = unseen("not_reached");

async function followBoth(
  work: AuditWork,
  arrivals: readonly Arrival[],
): Promise<Readonly<Record<Family, Followed>>> {
  const { url, draft, tools } = work;
  const follow = async (family: Family) => {
    const first = firstStay(work, family, arrivals);
    const followed = await guarded(`chain over ${family}`, tools.report, async () =>
      "unseen" in first ? first : followChain({ url, family, first }, tools),
    );
    const chain = "unseen" in followed ? notFollowed(followed) : followed;
    draft.chains = { ...draft.chains, [family]: chain.sight };
    return chain;
  };
  const [ip4, ip6] = await Promise.all(FAMILIES.map(follow));
  return { ip4: ip4!, ip6: ip6! };
}

/** The visit of the entry URL that a chain goes on from, a good one before others; else why there is none. */
function firstStay(
  { url, draft, tools }: AuditWork,
  family: Family,
  arrivals: readonly Arrival[],
): Stay | Unseen {
  const closed = tools.session.closed(family);
  if (closed !== null) return closed;
  const side = url.protocol === "https:" ? "https" : "http";
  const stays = arrivals.flatMap(({ family: own, address, trust, visits }) => {
    const visit = own === family ? visits[side] : null;
    return visit === null ? [] : [{ address, trust, visit }];
  });
  const best = stays.find(({ visit }) => !visitFailed(visit)) ?? stays[0];
  if (best !== undefined) return best;
  const { addresses, name } = draft.hosts[0]!;
  const found = reachable(name.answers[family], family, tools.session);
  if ("unseen" in found) return found;
  const own = addresses.filter((address) => address.family === family);
  const reasons = own.map((address) => (side === "https" ? address.answer : address.plain));
  return reasons.find(isUnseen) ?? unseen("not_reached");
}

function notFollowed(sight: Unseen): Followed {
  return { sight, urls: [], end: null, jar: new CookieJar() };
}

/** Looks at the hosts of all hops that are not looked at yet (W6). */
async function seeHops(
  { plans, draft, tools }: AuditWork,
  chains: Readonly<Record<Family, Followed>>,
): Promise<void> {
  const known = new Set(plans.map(({ host }) => host));
  const missing: HostPlan[] = [];
  for (const url of FAMILIES.flatMap((family) => chains[family].urls)) {
    const host = hostOf(url);
    if (known.has(host) || known.size >= MAX_HOSTS) continue;
    known.add(host);
    missing.push(hopPlan(url, plans[0].httpPort));
  }
  await Promise.all(
    missing.map(async (plan) => {
      const host = newHost(plan);
      draft.hosts.push(host);
      const name = await guarded(`name ${plan.host}`, tools.report, () => tools.nameOf(plan.host));
      if ("unseen" in name) return;
      host.name = name;
      await seeHost(plan, host, tools);
    }),
  );
}
