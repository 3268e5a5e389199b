import { type Lab, startLab } from "../../../lab/index.ts";
import type { Judgement } from "../../../src/domain/judgement.ts";
import { type AuditOrder, createAudit } from "../../../src/probes/audit/index.ts";
import { NO_TURNS, labAuditOptions } from "../../probes/audit/support/lab-audits.ts";
import { judgeAudits } from "../support/judge-audits.ts";
import { orderFrom, selfTestIn } from "../support/self-test.ts";

/** A vantage point that lacks something, and the portals that are audited from there. */
interface Place {
  readonly portals: readonly string[];
  /** Takes away from the lab what the place lacks. */
  readonly lacks: (lab: Lab) => Promise<void> | void;
  /** Whether it goes missing only while the audit is under way. */
  readonly onTheWay?: boolean;
}

const PLACES: Readonly<Record<string, Place>> = {
  "no-ip6": {
    portals: ["healthy", "ipv4-only", "page-own-host-ipv6-refused", "redirect-ipv6-refused"],
    lacks: (lab) => lab.setAnchors("ip6", "refusing"),
  },
  "no-ip4": { portals: ["healthy", "expired"], lacks: (lab) => lab.setAnchors("ip4", "refusing") },
  "ip6-lost": {
    portals: ["ipv6-refused", "expired"],
    lacks: (lab) => lab.setAnchors("ip6", "refusing"),
    onTheWay: true,
  },
  "no-resolver": { portals: ["healthy"], lacks: (lab) => lab.setResolver("down") },
  "captive-portal": {
    portals: ["ipv4-only", "dns-nxdomain", "aaaa-documentation"],
    async lacks(lab) {
      await lab.setAnchors("ip4", "captive");
      await lab.setAnchors("ip6", "captive");
    },
  },
  dns64: { portals: ["healthy", "ipv4-only"], lacks: (lab) => lab.setDns64(true) },
  "no-validation": { portals: ["healthy"], lacks: (lab) => lab.setDnssec("unproven") },
};

/** Audits the portals of every place, each in a lab of its own; by `place portal`. */
export async function judgeFromPlaces(): Promise<Record<string, Judgement>> {
  const judged = await Promise.all(
    Object.entries(PLACES).map(([name, place]) => judgeFrom(name, place)),
  );
  return Object.assign({}, ...judged) as Record<string, Judgement>;
}

async function judgeFrom(name: string, place: Place): Promise<Record<string, Judgement>> {
  const lab = await startLab({ only: place.portals });
  const selfTest = selfTestIn(lab);
  const audit = createAudit(labAuditOptions(lab, { turns: NO_TURNS, timeoutMs: 20_000 }));
  try {
    if (place.onTheWay !== true) await place.lacks(lab);
    const order = await orderFrom(selfTest);
    const scenes = place.portals.map((portal) => {
      const scene = { name: `${name} ${portal}`, url: lab.portal(portal).url, audit };
      return { ...scene, order: place.onTheWay ? losing(lab, place, order) : order };
    });
    return await judgeAudits(scenes);
  } finally {
    audit.close();
    selfTest.close();
    await lab.stop();
  }
}

/** The order of an audit at whose end the place is found to lack something. */
function losing(lab: Lab, { lacks }: Place, order: AuditOrder): AuditOrder {
  return {
    ...order,
    async confirmGate() {
      await lacks(lab);
      return order.confirmGate();
    },
  };
}
