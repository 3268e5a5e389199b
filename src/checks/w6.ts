import type { ChainSight } from "../domain/audit/host.ts";
import { isUnseen, type UnseenReason } from "../domain/audit/sight.ts";
import type { AuditFacts } from "../domain/audit/observation.ts";
import type { Cause, Finding } from "../domain/finding.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude, firstReason, noAddress } from "./conclude.ts";
import { familyView } from "./family-view.ts";
import { type HopHost, hopHosts } from "./hops.ts";
import { type HostFault, type HostOverIp6, hostOverIp6 } from "./host-over-ip6.ts";
import { entryOf, webOrigin } from "./host-name.ts";
import { notTheirs } from "./stages.ts";
import { causeOf } from "./w3.ts";

/** W6: every host that the portal redirects through works over IPv6; a dual-stack visitor's luck does not count. */
export const w6: Check = {
  id: "W6",
  about: [null],
  transport: ["ip6"],
  resolverReasons: ["hop_without_aaaa", "hop_partly"],
  judge: ({ facts }) => {
    const entry = entryOf(facts);
    if (entry === undefined) return [conclude("W6", null, "own_fault")];
    const hops = hopHosts(facts).map(judgeHop);
    const wrong = hopFinding(hops, facts);
    if (wrong !== null) return [wrong];
    const none = familyView(entry, "ip6").presence === "none";
    return [none ? conclude("W6", null, noAddress("ip6")) : chainFinding(facts, hops)];
  },
};

interface JudgedHop extends HopHost {
  readonly over: HostOverIp6;
}

function judgeHop(hop: HopHost): JudgedHop {
  const { sight, secure } = hop;
  return { ...hop, over: sight ? hostOverIp6(sight, secure) : { is: "unsure", why: "limit" } };
}

const FAULTS: Readonly<Record<HostFault, OwnReason<"W6">>> = {
  without_aaaa: "hop_without_aaaa",
  special_address: "hop_special_address",
  unreachable: "hop_unreachable",
  tls: "hop_tls",
  certificate: "hop_certificate",
};

/**
 * What hosts and chain say, if anything is not in order. What a resolver's word is enough for comes last: where its
 * word is in doubt, nothing else must hide behind it.
 */
function hopFinding(hops: readonly JudgedHop[], facts: AuditFacts): Finding | null {
  const evidence = evidenceOf(hops, facts);
  const say = (reason: OwnReason<"W6">, wrong: readonly JudgedHop[], ended: readonly string[]) => {
    const others = ended.filter((name) => !wrong.some(({ host }) => host === name));
    const all = [...wrong.flatMap(toMend), ...causes("host", others)];
    return conclude("W6", null, reason, evidence, all);
  };
  const broken = hops.flatMap((hop) =>
    hop.over.is === "broken" ? [{ hop, reason: FAULTS[hop.over.fault] }] : [],
  );
  const hosts = broken.map(({ hop }) => hop);
  const ended = chainEnd(facts);
  const reasons = broken.map(({ reason }) => reason).concat(ended?.reason ?? []);
  if (reasons.length > 0) return say(tellingMost(reasons), hosts, ended?.at ?? []);
  const partly = hops.filter(({ over }) => over.is === "partly");
  return partly.length === 0 ? null : say("hop_partly", partly, []);
}

/** The certificate where only that is at fault, as W3 says of the host itself; else the host. */
function toMend({ host, sight, over }: JudgedHop): readonly Cause[] {
  if (sight === null || over.is !== "broken" || over.fault !== "certificate") {
    return causes("host", [host]);
  }
  return sight.addresses.flatMap(({ family, address: { address }, tls }) => {
    const faulty = family === "ip6" && over.at.includes(address) && !isUnseen(tls);
    return faulty ? causeOf({ address, fact: tls }, host) : [];
  });
}

/** How a host fails says more than that the way ended at one. */
const SAYS_LEAST: readonly OwnReason<"W6">[] = ["hop_failed", "hop_without_aaaa"];

function tellingMost(reasons: readonly OwnReason<"W6">[]): OwnReason<"W6"> {
  const [first] = reasons.filter((one) => !SAYS_LEAST.includes(one)).toSorted();
  return first ?? SAYS_LEAST.find((one) => reasons.includes(one)) ?? "hop_failed";
}

const ENDS: Readonly<Partial<Record<ChainSight["outcome"], OwnReason<"W6">>>> = {
  loop: "redirect_loop",
  limit: "redirect_limit",
  invalid: "redirect_invalid",
  family_gap: "hop_without_aaaa",
  failed: "hop_failed",
};

/** How the chain over IPv6 ended badly, on the portal's side; a failure at the entry host is told by W1, W2 and W5. */
function chainEnd({ chains: { ip6 }, hosts }: AuditFacts) {
  if (isUnseen(ip6)) return null;
  const reason = ENDS[ip6.outcome];
  const entry = entryOf({ hosts } as AuditFacts)?.host;
  if (reason === undefined || entry === undefined || notTheirs(ip6.kind) !== null) return null;
  const last = ip6.hops.at(-1);
  const target = webOrigin(last?.leadsTo ?? last?.url ?? "")?.host ?? entry;
  const own = target === entry && (ip6.outcome === "failed" || ip6.outcome === "family_gap");
  return own ? null : { reason, at: [target] };
}

/** What is left when no host accuses: whether all of the way was seen. */
function chainFinding(facts: AuditFacts, hops: readonly JudgedHop[]): Finding {
  const { ip6 } = facts.chains;
  const evidence = evidenceOf(hops, facts);
  const missing: UnseenReason[] = hops.flatMap(({ over }) =>
    over.is === "unsure" ? [over.why] : [],
  );
  if (isUnseen(ip6)) missing.push(ip6.unseen);
  else if (ip6.outcome !== "arrived") missing.push(notTheirs(ip6.kind) ?? "not_reached");
  const why = firstReason(missing);
  if (why !== null) return conclude("W6", null, why, evidence);
  return conclude("W6", null, hops.length === 0 ? "no_other_host" : "all_hosts_work", evidence);
}

function evidenceOf(hops: readonly JudgedHop[], { chains: { ip6 } }: AuditFacts) {
  const chain = isUnseen(ip6)
    ? { outcome: ip6.unseen, code: null, hops: [] }
    : { outcome: ip6.outcome, code: ip6.kind, hops: ip6.hops };
  return { chain, hosts: hops.map(({ host, secure, over }) => ({ host, secure, ...over })) };
}
