import * as fc from "fast-check";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import { FAMILIES, type Family } from "../../../src/domain/family.ts";
import { one, removeFamily, seen, visited, withoutFamily, zoneOf } from "./parts.ts";
import {
  ADDRESSES,
  arrived,
  type Draft,
  host,
  http,
  portal,
  REFUSED,
  tls,
  URL_OF_PORTAL,
} from "./portal.ts";

type Observation = Draft<AuditObservation>;
type Defect = (observation: Observation) => void;

const HOP = "cong.example.gov.vn";

function ofFamily(family: Family): Record<string, Defect> {
  const all = (o: Observation) => visited(o, family);
  return {
    [`${family} half closed`]: (o) => void (one(o, family).https = REFUSED),
    [`${family} 80 closed`]: (o) => all(o).forEach((at) => void (at.http = REFUSED)),
    [`${family} tls`]: (o) => {
      const at = all(o)[1];
      if (at) Object.assign(at, { tls: { ...tls(), outcome: "timeout", protocol: null } });
    },
    [`${family} certificate`]: (o) =>
      all(o).forEach((at) => {
        if (!("unseen" in at.tls)) at.tls.certificateFaults = ["tls_expired"];
      }),
    [`${family} hsts`]: (o) =>
      all(o).forEach((at) => {
        if (!("unseen" in at.answer)) at.answer.headers = {};
      }),
    [`${family} error`]: (o) =>
      all(o).forEach((at) => {
        if (!("unseen" in at.answer)) at.answer.status = 500;
      }),
    [`${family} plain`]: (o) => all(o).forEach((at) => void (at.plain = http())),
    [`${family} old tls`]: (o) =>
      all(o).forEach((at) => void (at.versions.TLSv1 = { outcome: "accepted", code: null })),
  };
}

/** Defects that hide no other: taking one away leaves the portal as it is, less that defect. */
const DEFECTS: Readonly<Record<string, Defect>> = {
  ...ofFamily("ip4"),
  ...ofFamily("ip6"),
  "one name server": (o) => void zoneOf(o).servers.pop(),
  "walk blocked": (o) => {
    const blockedAt = { zone: "gov.vn", fault: "ns_without_aaaa" as const };
    Object.assign(seen(zoneOf(o).walk), { outcome: "blocked", blockedAt });
  },
  unsigned: (o) => void (seen(zoneOf(o).dnssec).outcome = "insecure"),
  "page differs": (o) => void (seen(o.facts.page.parity).similarity = 0.3),
  "own resource": (o) => {
    Object.assign(seen(o.facts.page.resources).hosts[0] ?? {}, { ip6: "no_address" });
  },
  "third-party resource": (o) => {
    Object.assign(seen(o.facts.page.resources).hosts[1] ?? {}, { ip6: "unreachable" });
  },
  "hop without AAAA": (o) => {
    const hop = host(HOP, "hop") as Draft<ReturnType<typeof host>>;
    removeFamily(hop, "ip6");
    o.facts.hosts.push(hop);
    const way = arrived(`https://${HOP}/`, ADDRESSES.ip4[0], [URL_OF_PORTAL]);
    o.facts.chains.ip4 = way;
    o.facts.chains.ip6 = { ...way, hops: way.hops.slice(0, 1), outcome: "family_gap" };
  },
};

/** Defects behind which others can't be seen; the first of them that is there stands alone for what it hides. */
const HIDING: Readonly<Record<string, { apply: Defect; hides: readonly Family[] }>> = {
  "no AAAA": { apply: (o) => withoutFamily(o, "ip6"), hides: ["ip6"] },
  ...Object.fromEntries(
    FAMILIES.map((family) => [
      `${family} 443 closed`,
      {
        apply: (o: Observation) => {
          for (const at of visited(o, family)) at.https = REFUSED;
        },
        hides: [family],
      },
    ]),
  ),
};

/** A portal with these defects. */
export function portalWith(names: readonly string[]): AuditObservation {
  return portal((o) => {
    for (const name of names) DEFECTS[name]?.(o);
    for (const name of names) HIDING[name]?.apply(o);
  });
}

/** Any set of defects, in the order of the list; a closed port 80 serves nothing. */
const anyDefects = fc
  .subarray(Object.keys(DEFECTS), { maxLength: 8 })
  .map((names) =>
    names.filter(
      (name) => !names.includes(name.replace(/ plain$/, " 80 closed")) || !name.endsWith("plain"),
    ),
  );

/**
 * Any set of defects, perhaps with one that hides others; what lies behind a closed door is as good as new, so that
 * opening it takes away that one defect and brings out none.
 */
export const anyDefectsWithHidden = fc
  .tuple(anyDefects, fc.option(fc.constantFrom(...Object.keys(HIDING)), { nil: null }))
  .map(([defects, hiding]) => {
    if (hiding === null) return defects;
    const hidden = HIDING[hiding]?.hides ?? [];
    const shown = defects.filter((name) => !hidden.some((one) => name.startsWith(`${one} `)));
    return [...shown, hiding];
  });
