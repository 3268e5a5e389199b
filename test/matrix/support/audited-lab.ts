import type { Lab } from "../../../lab/index.ts";
import { LEVEL_SCALE } from "../../../src/domain/level-scale.ts";
import type { Cause } from "../../../src/domain/finding.ts";
import type { ReadinessLevel } from "../../../src/domain/readiness.ts";
import { type Audit, createAudit } from "../../../src/probes/audit/index.ts";
import { CURRENT_RULES, judge } from "../../../src/checks/index.ts";
import { type MendFirstPlan, planMending } from "../../../src/reports/mend-first.ts";
import { addAgencies } from "../../../src/store/agencies.ts";
import { saveAudit } from "../../../src/store/audits.ts";
import type { Database } from "../../../src/store/database.ts";
import { addPortals } from "../../../src/store/portal-bulk.ts";
import { NO_TURNS, auditOrder, labAuditOptions } from "../../probes/audit/support/lab-audits.ts";

const HOUR = 3_600_000;

/** A month of light probes that all went well, so that nothing but audits decides. */
const MONTH = { days: 30, successRatio: { ip4: 1, ip6: 1 } } as const;

/** Audits of some portals of a lab, stored as a service stores them. */
export class AuditedLab {
  readonly #db: Database;
  readonly #lab: Lab;
  readonly #audit: Audit;
  readonly #numbers: ReadonlyMap<string, number>;
  #now: number;

  private constructor(db: Database, lab: Lab, audit: Audit, numbers: ReadonlyMap<string, number>) {
    [this.#db, this.#lab, this.#audit, this.#numbers] = [db, lab, audit, numbers];
    this.#now = Date.now();
  }

  /** Registers these portals of the lab; their name servers answer on this port. */
  static async open(
    db: Database,
    lab: Lab,
    { portals, authorityPort }: { portals: readonly string[]; authorityPort: number },
  ): Promise<AuditedLab> {
    await addAgencies(db, [{ ownerType: "test", ownerCode: "lab", nameVi: "Cơ quan thử (bịa)" }]);
    const added = portals.map((id) => lab.portal(id));
    await addPortals(
      db,
      added.map(({ id, url, host, nameVi, nameEn, kind }) => ({
        slug: id,
        url,
        host,
        nameVi,
        nameEn,
        kind,
        agency: "test-lab",
        province: null,
        lifecycle: "active" as const,
        source: null,
        madeUp: true,
      })),
      new Date(),
    );
    const rows = await db.selectFrom("portal").select(["id", "slug"]).execute();
    const audit = createAudit(labAuditOptions(lab, { authorityPort, turns: NO_TURNS }));
    return new AuditedLab(db, lab, audit, new Map(rows.map(({ id, slug }) => [slug, id])));
  }

  /**
   * Audits every portal and stores it this often, an hour apart: the first audit of all is believed at once, a change
   * takes two. The levels then.
   */
  async audit(rounds: number): Promise<ReadonlyMap<string, ReadinessLevel>> {
    const seen = await Promise.all([...this.#numbers].map((each) => this.#see(...each)));
    for (let round = 0; round < rounds; round += 1) {
      this.#now += HOUR;
      for (const { portal, observation, judgement } of seen) {
        const at = { startedAt: this.#now, endedAt: this.#now };
        await saveAudit(
          { db: this.#db, auditIntervalMs: HOUR },
          {
            portal,
            judgement,
            vantage: "test",
            trigger: "schedule",
            scheduledAt: this.#now,
            observation: { ...observation, ...at },
          },
        );
      }
    }
    return new Map(seen.map(({ slug, judgement }) => [slug, judgement.level.level]));
  }

  async #see(slug: string, portal: number) {
    const observation = await this.#audit.run({ url: this.#lab.portal(slug).url }, auditOrder());
    const { faults, ...judgement } = judge(observation, { rules: CURRENT_RULES, history: MONTH });
    if (faults[0]) throw new Error(`${faults[0].check} of ${slug}`, { cause: faults[0].error });
    return { slug, portal, observation, judgement };
  }

  /** What to mend first, by what is stored. */
  plan(limit: number): Promise<MendFirstPlan> {
    const view = { vantage: "test", now: this.#now + HOUR, intervalMs: HOUR };
    return planMending(this.#db, view, { scope: { agency: null, province: null } }, limit);
  }

  /** The portal whose finding names this certificate. */
  async holderOf({ kind, name }: Cause): Promise<string> {
    const rows = await this.#db
      .selectFrom("finding as f")
      .innerJoin("portal as p", "p.id", "f.portal_id")
      .select(["p.slug", "f.causes"])
      .where("f.ended_at", "is", null)
      .execute();
    const found = rows.find(({ causes }) =>
      (causes ?? []).some((cause) => cause.kind === kind && cause.name === name),
    );
    if (found === undefined) throw new Error(`no finding names the ${kind} ${name}`);
    return found.slug;
  }

  close(): void {
    this.#audit.close();
  }
}

/** Portals that stand higher, and portals that stand lower. */
export function moved(
  before: ReadonlyMap<string, ReadinessLevel>,
  after: ReadonlyMap<string, ReadinessLevel>,
): { readonly risen: string[]; readonly fallen: string[] } {
  const change = (slug: string, level: ReadinessLevel) =>
    LEVEL_SCALE.rank(after.get(slug) ?? "U") - LEVEL_SCALE.rank(level);
  const slugs = (is: (by: number) => boolean) =>
    [...before]
      .filter(([slug, level]) => is(change(slug, level)))
      .map(([slug]) => slug)
      .sort();
  return { risen: slugs((by) => by > 0), fallen: slugs((by) => by < 0) };
}
