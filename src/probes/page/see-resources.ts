import type { ResourceHost, ResourcesSight } from "../../domain/audit/page.ts";
import { type Sight, unseen } from "../../domain/audit/sight.ts";
import type { Family } from "../../domain/family.ts";
import type { AuditSession } from "../audit/session.ts";
import { hostOf } from "../location.ts";
import { ownHosts } from "./own-host.ts";
import type { ParsedPage } from "./parsed-page.ts";
import { type ResourceTools, reachHost } from "./resource-reach.ts";
import type { HostUse } from "./resource-urls.ts";

/** Hosts that are looked up and tried; landing pages have ten, the busiest a few dozen. */
const HOSTS = 64;

/** Hosts that are looked at side by side: few enough to be a light load, enough for dead ones not to take all the time. */
const AT_ONCE = 8;

/** One host of the page, before it was looked at. */
interface Candidate {
  readonly host: string;
  readonly own: boolean;
  readonly use: HostUse;
}

/**
 * Where the sub-resources of a page can be had from over IPv6 (W8), and which of them are mixed content. "Own" is
 * measured against the host of the page's final URL. What sheets and scripts load in their turn is not seen.
 */
export async function seeResources(
  page: ParsedPage,
  family: Family,
  session: AuditSession,
  tools: ResourceTools,
): Promise<Sight<ResourcesSight>> {
  if (session.remaining() === 0) return unseen("deadline");
  const { hosts, urls, cut, mixed, mixedCount } = page.resources;
  const candidates = candidatesOf(page);
  const seen = await eachOf(candidates.slice(0, HOSTS), (candidate) =>
    seeHost(candidate, session, tools),
  );
  const beyondHosts = hosts.size - seen.length;
  return {
    family,
    hosts: seen,
    beyondHosts,
    urls,
    cut: cut || page.sight.cut,
    mixed,
    mixedCount,
  };
}

/** Own hosts first, then by name. */
function candidatesOf({ sight, resources }: ParsedPage): Candidate[] {
  const url = URL.parse(sight.finalUrl);
  const isOwn = url === null ? () => false : ownHosts(hostOf(url));
  return Array.from(resources.hosts, ([host, use]) => ({ host, use, own: isOwn(host) })).sort(
    (a, b) => Number(b.own) - Number(a.own) || (a.host < b.host ? -1 : 1),
  );
}

async function seeHost(
  { host, own, use }: Candidate,
  session: AuditSession,
  tools: ResourceTools,
): Promise<ResourceHost> {
  const reached = await reachHost(host, commonPort(use), session, tools);
  return { host, own, urls: use.urls, kinds: [...use.kinds].sort(), ...reached };
}

/** The port that most URLs lead to, the first of several. */
function commonPort({ ports }: HostUse): number {
  return [...ports].reduce((most, port) => (port[1] > most[1] ? port : most))[0];
}

async function eachOf<Item, Result>(
  items: readonly Item[],
  look: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [at, item] of queue) results[at] = await look(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
