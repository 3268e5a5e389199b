import { addAgencies } from "../src/store/agencies.ts";
import { writeAudit } from "../src/store/audit-log.ts";
import type { Database } from "../src/store/database.ts";
import { registerIsEmpty } from "../src/store/register-is-empty.ts";
import { addPortals, lockPortals } from "../src/store/portal-bulk.ts";
import { agenciesOf, type PortalRow } from "../src/store/portal-row.ts";
import { putRequirements } from "../src/store/requirements.ts";
import { readRequirements } from "./read-requirements.ts";
import { readPortalNotes, readPortals } from "./read-portals.ts";
import {
  COVERAGE_FILES,
  NO_COVERAGE,
  PUBLISHED_FILES,
  type SeededCoverage,
  seedCoverage,
} from "./seed-coverage.ts";
import { seedPublishedFigures } from "./seed-published-figures.ts";
import { SEVERITY_FILES, seedSeverities } from "./seed-severities.ts";
import { NO_UNITS, type SeededUnits, seedUnits, UNIT_FILES } from "./seed-units.ts";
import { whenChanged } from "./when-changed.ts";

/** How many rows a seeding added, of requirements and events also changed ones; all 0 when everything was there. */
export interface Seeded extends SeededReferences {
  readonly agencies: number;
  readonly portals: number;
  readonly requirements: number;
}

interface SeededReferences extends SeededUnits, SeededCoverage {
  /** Coverage figures that were published, and household counts among them. */
  readonly published_figures: number;
  /** Severities of incidents. */
  readonly severities: number;
}

interface SeedOptions {
  readonly now?: Date;
  /** Whether agencies and portals are loaded beside provinces and communes; default true. */
  readonly portals?: boolean;
  /** Whether published coverage figures are loaded; default true. The demo has made-up ones instead. */
  readonly published?: boolean;
}

/**
 * Loads the real provinces, communes, agencies and portals, and what the coverage register starts with, in one
 * transaction. Agencies and portals that are there stay as they are, whoever changed them; the facts of units,
 * indicators, targets, requirements and severities are brought up to date.
 */
export async function seed(
  db: Database,
  { now = new Date(), portals: wanted = true, published = true }: SeedOptions = {},
): Promise<Seeded> {
  const [requirements, rows] = await Promise.all([readRequirements(), wanted ? readPortals() : []]);
  const portals = await withNotes(rows);
  return db.transaction().execute(async (trx) => {
    await lockPortals(trx);
    const seeded: Seeded = {
      ...(await loadReferences(trx, { always: true, published, now })),
      agencies: await addAgencies(trx, agenciesOf(rows)),
      portals: (await addPortals(trx, portals, now)).length,
      requirements: await putRequirements(trx, requirements),
    };
    if (Object.values(seeded).some((added) => added > 0)) await writeSeedAudit(trx, seeded);
    return seeded;
  });
}

/**
 * What a first start needs: units, and the real portals unless some are registered already: whoever imported a list of
 * their own before the first start wants that one. Units and requirements are brought up to date at every start, for
 * databases that are older than they are.
 */
export async function seedIfEmpty(db: Database): Promise<void> {
  const { units, portals } = await registerIsEmpty(db);
  if (units) {
    await seed(db, { portals });
    return;
  }
  await db.transaction().execute(async (trx) => {
    const loaded = await loadReferences(trx, { always: false, published: true, now: new Date() });
    await putRequirements(trx, await readRequirements());
    if (loaded.indicators_kept > 0) await writeSeedAudit(trx, loaded);
  });
}

function writeSeedAudit(trx: Database, after: object): Promise<void> {
  const entry = {
    action: "seed",
    objectType: "database",
    objectId: "seeds",
    before: null,
  } as const;
  return writeAudit(trx, { keyId: null, name: "seed" }, [{ ...entry, after }]);
}

/** Reference data whose files changed since they were loaded, or all of it. */
async function loadReferences(
  trx: Database,
  { published, now, ...options }: { always: boolean; published: boolean; now: Date },
): Promise<SeededReferences> {
  const units = await whenChanged(trx, "units", UNIT_FILES, seedUnits, options);
  const coverage = await whenChanged(trx, "coverage", COVERAGE_FILES, seedCoverage, options);
  const load = (db: Database) => seedPublishedFigures(db, now);
  const figures = published
    ? await whenChanged(trx, "published figures", PUBLISHED_FILES, load, options)
    : null;
  const severities = await whenChanged(trx, "severities", SEVERITY_FILES, seedSeverities, options);
  return {
    ...(units ?? NO_UNITS),
    ...(coverage ?? NO_COVERAGE),
    published_figures: figures ?? 0,
    severities: severities ?? 0,
  };
}

/** Portals of the list under the ids that it gives them, with what is known beside it. */
async function withNotes(rows: readonly PortalRow[]) {
  const notes = await readPortalNotes();
  return rows.map(({ portal, line }) => {
    if (portal.slug === null) throw new Error(`seeds/portals.csv has no id on line ${line}`);
    return { ...portal, slug: portal.slug, ...notes.get(portal.slug) };
  });
}
