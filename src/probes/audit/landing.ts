import type { PageFacts } from "../../domain/audit/page.ts";
import { type Unseen, isUnseen, unseen } from "../../domain/audit/sight.ts";
import type { Family } from "../../domain/family.ts";
import {
  PAGE_BODY_LIMIT,
  type ParsedPage,
  comparePages,
  readPage,
  seeResources,
} from "../page/index.ts";
import type { Draft } from "./draft.ts";
import type { Followed } from "./chain.ts";
import { seePort } from "./ports.ts";
import { type AuditTools, guarded } from "./tools.ts";
import { trySight } from "./try-sight.ts";
import { visit, visitFailed } from "./visit.ts";

/**
 * Fetches the last page of each family's chain, IPv4, IPv6 and IPv4 again, back to back, so that what changes by
 * itself shows up as noise (W7), and looks at what the page loads (W8).
 */
export async function seeLanding(
  chains: Readonly<Record<Family, Followed>>,
  draft: Draft<PageFacts>,
  tools: AuditTools,
): Promise<void> {
  const fetched = (family: Family) =>
    guarded(`page over ${family}`, tools.report, () => fetchPage(family, chains[family], tools));
  const ip4 = await fetched("ip4");
  const ip6 = await fetched("ip6");
  const ip4Again = isUnseen(ip4) || isUnseen(ip6) ? null : await fetched("ip4");
  draft.pages = { ip4: isUnseen(ip4) ? ip4 : ip4.sight, ip6: isUnseen(ip6) ? ip6 : ip6.sight };
  draft.parity = await guarded("parity", tools.report, async () => {
    if (isUnseen(ip4)) return ip4;
    if (isUnseen(ip6)) return ip6;
    if (ip4Again === null) return unseen("not_reached");
    return isUnseen(ip4Again) ? ip4Again : comparePages({ ip4, ip4Again, ip6 });
  });
  draft.resources = await guarded("sub-resources", tools.report, () =>
    resourcesOf(ip4, ip6, tools),
  );
}

async function fetchPage(
  family: Family,
  { sight, end, jar }: Followed,
  tools: AuditTools,
): Promise<ParsedPage | Unseen> {
  if (isUnseen(sight)) return sight;
  if (end === null) return unseen("not_reached");
  const { url, stay } = end;
  const { address, trust } = stay;
  const order = {
    url,
    family,
    address,
    trust,
    cookie: jar.header(url),
    bodyLimit: PAGE_BODY_LIMIT,
  };
  const { outcome } = await trySight(tools.session, () => visit(order, tools), visitFailed);
  if (isUnseen(outcome)) return outcome;
  const { status, headers } = outcome.sight;
  // What has begun to redirect or to fail since is no page.
  if (status === null || outcome.next !== null) return unseen("not_reached");
  const { body, contentType, cut } = outcome;
  const policies = headers["content-security-policy"] ?? [];
  return readPage({ body, contentType, finalUrl: url.href, status, cut, policies });
}

/** What the page loads, read off the page over IPv6 where there is one: its visitors are meant. */
async function resourcesOf(
  ip4: ParsedPage | Unseen,
  ip6: ParsedPage | Unseen,
  tools: AuditTools,
): Promise<PageFacts["resources"]> {
  const { session, nameOf } = tools;
  const page = isUnseen(ip6) ? ip4 : ip6;
  if (isUnseen(page)) return page;
  return seeResources(page, isUnseen(ip6) ? "ip4" : "ip6", session, {
    seeName: nameOf,
    tryTcp: (address, port, family) => seePort({ address, port, family }, tools),
  });
}
