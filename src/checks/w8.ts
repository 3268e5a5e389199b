import { gateOpen } from "../domain/audit/gate.ts";
import type { ResourceHost, ResourcesSight } from "../domain/audit/page.ts";
import { isUnseen } from "../domain/audit/sight.ts";
import type { Finding } from "../domain/finding.ts";
import type { CommonReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";

/** W8: every host that the page loads from works over IPv6; hosts of the portal's own domain weigh more. */
export const w8: Check = {
  id: "W8",
  about: [null],
  transport: ["ip6"],
  resolverReasons: ["own_host_missing", "third_party_missing", "third_party_missing_own_unsure"],
  judge: ({ facts }) => {
    const { resources } = facts.page;
    if (isUnseen(resources)) return [conclude("W8", null, resources.unseen)];
    const open = gateOpen(facts.gate, "ip6");
    return [judge(resources, open ? "resolver_failed" : "vantage_no_ipv6")];
  },
};

/** `why` is what keeps a host from being known. */
function judge(resources: ResourcesSight, why: CommonReason): Finding {
  const { hosts, beyondHosts, cut } = resources;
  const evidence = evidenceOf(resources);
  const own = hosts.filter((host) => host.own);
  const missing = { own: own.filter(fails), third: hosts.filter((one) => !one.own && fails(one)) };
  const open = beyondHosts > 0 || cut;
  const ownUnsure = open || own.some(unknown);
  if (missing.own.length > 0) {
    return conclude("W8", null, "own_host_missing", evidence, named(missing.own));
  }
  if (missing.third.length > 0) {
    const reason = ownUnsure ? "third_party_missing_own_unsure" : "third_party_missing";
    return conclude("W8", null, reason, evidence, named(missing.third));
  }
  if (open) return conclude("W8", null, "limit", evidence);
  if (hosts.some(unknown)) return conclude("W8", null, why, evidence);
  return conclude("W8", null, hosts.length === 0 ? "no_resources" : "all_work", evidence);
}

function evidenceOf({ family, hosts, beyondHosts, urls, cut }: ResourcesSight) {
  const known = hosts.filter((host) => !unknown(host) && !broken(host));
  const working = known.filter((host) => !fails(host));
  const shown = hosts.filter((host) => host.ip6 !== "works");
  return {
    page_over: family,
    hosts: hosts.length,
    beyond_hosts: beyondHosts,
    urls,
    cut,
    by_host: ratio(working.length, known.length),
    by_url: ratio(urlsOf(working), urlsOf(known)),
    not_working: shown.map(({ host, own, kinds, ip6, address }) => {
      return { host, own, kinds, ip6, address };
    }),
  };
}

function fails({ ip6 }: ResourceHost): boolean {
  return ip6 === "no_address" || ip6 === "special_address" || ip6 === "unreachable";
}

/** For everybody, whatever family they come over. */
function broken({ ip6 }: ResourceHost): boolean {
  return ip6 === "no_address_at_all";
}

function unknown({ ip6 }: ResourceHost): boolean {
  return ip6 === "unknown";
}

function named(hosts: readonly ResourceHost[]) {
  return causes(
    "host",
    hosts.map(({ host }) => host),
  );
}

function urlsOf(hosts: readonly ResourceHost[]): number {
  return hosts.reduce((sum, host) => sum + host.urls, 0);
}

/** Share that works, to a thousandth; null where nothing is known. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 1000;
}
