import { createHash } from "node:crypto";
import type { Day } from "./domain/calendar.ts";
import type { NewFigure } from "./domain/coverage/figure.ts";
import { quarterBefore } from "./domain/coverage/quarter.ts";
import { editionSums } from "./reports/coverage-releases/edition-sums.ts";
import { breathe } from "./store/breathe.ts";
import { addFigures } from "./store/coverage-figures.ts";
import { lockCoverage } from "./store/coverage-lock.ts";
import { publishRelease } from "./store/coverage-releases.ts";
import { type CoverageSource, putSources } from "./store/coverage-sources.ts";
import type { Database } from "./store/database.ts";
import { addSubmission } from "./store/submissions.ts";

/** A commune that figures are made up for. */
interface DemoCommune {
  readonly unitId: number;
  readonly code: string;
  /** Code of its province. */
  readonly province: string;
}

/** What the lab makes up: figures of a quarter, who they are from, and where the method changes. */
export interface MadeUpCoverage {
  readonly MADE_UP_SOURCE: CoverageSource;
  readonly MADE_UP_BREAK: {
    readonly indicator: string;
    readonly noteVi: string;
    readonly noteEn: string;
  };
  readonly madeUpFigures: (
    communes: readonly DemoCommune[],
    quarters: readonly Day[],
    asOf: Day,
  ) => NewFigure[];
}

interface FillOptions {
  /** The present day where the reports are made. */
  readonly today: Day;
  /** Aborted: what is not recorded yet stays out. */
  readonly stop: AbortSignal;
}

const ACTOR = { keyId: null, name: "demo" };

/**
 * Fills the demo's register with made-up figures of the last three quarters and publishes the last one as a release.
 * One short transaction for each province and quarter: the embedded database serves everyone else in between.
 */
export async function fillCoverage(
  db: Database,
  lab: MadeUpCoverage,
  { today, stop }: FillOptions,
): Promise<void> {
  const last = quarterBefore(today);
  const quarters = [quarterBefore(quarterBefore(last)), quarterBefore(last), last];
  const communes = await presentCommunes(db);
  await putSources(db, [lab.MADE_UP_SOURCE]);
  const provinceOf = new Map(communes.map(({ unitId, province }) => [unitId, province]));
  for (const asOf of quarters) {
    const figures = lab.madeUpFigures(communes, quarters, asOf);
    const byProvince = Map.groupBy(figures, ({ unitId }) => provinceOf.get(unitId));
    for (const [province, its] of byProvince) {
      if (stop.aborted) return;
      await record(db, `made-up-${province}-${asOf}`, its);
      await breathe();
    }
  }
  if (!stop.aborted) await publish(db, lab, { asOf: last, today });
}

function presentCommunes(db: Database): Promise<DemoCommune[]> {
  return db
    .selectFrom("admin_unit as commune")
    .innerJoin("admin_unit as province", "province.id", "commune.parent_id")
    .select(["commune.id as unitId", "commune.code", "province.code as province"])
    .where("commune.level", "=", "commune")
    .where("commune.valid_to", "is", null)
    .orderBy("commune.code")
    .execute();
}

function record(db: Database, fileName: string, figures: readonly NewFigure[]): Promise<void> {
  const now = new Date();
  const text = JSON.stringify(figures);
  return db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const submissionId = await addSubmission(trx, {
      fileName,
      sha256: createHash("sha256").update(text).digest("hex"),
      bytes: text.length,
      content: null,
      format: "unknown",
      encoding: null,
      source: figures[0]?.source ?? "",
      settings: {},
      understood: null,
      via: "seed",
      actor: ACTOR,
      receivedAt: now,
      outcome: "accepted",
      accepted: new Set(figures.map(({ unitId }) => unitId)).size,
      held: 0,
      refused: 0,
      unchanged: 0,
      faultCount: 0,
      faults: [],
    });
    await addFigures(trx, figures, { submissionId, reason: null, recordedAt: now });
  });
}

async function publish(
  db: Database,
  { MADE_UP_SOURCE, MADE_UP_BREAK }: MadeUpCoverage,
  { asOf, today }: { asOf: Day; today: Day },
): Promise<void> {
  const published = await publishRelease(
    { db, actor: ACTOR },
    {
      asOf,
      noteVi: MADE_UP_SOURCE.nameVi,
      noteEn: MADE_UP_SOURCE.nameEn,
      breaks: [MADE_UP_BREAK],
      licence: `${MADE_UP_SOURCE.nameVi} / ${MADE_UP_SOURCE.nameEn}`,
      despiteHeld: false,
    },
    editionSums,
    { now: new Date(), today },
  );
  if (!published.ok) {
    const why = published.problem.map(({ kind }) => kind).join(", ");
    throw new Error(`The demo's release was refused: ${why}`);
  }
}
