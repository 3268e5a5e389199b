import { addPredecessors, addUnitChanges, putUnits } from "../src/store/admin-units.ts";
import { addAgencies } from "../src/store/agencies.ts";
import { writeAudit } from "../src/store/audit-log.ts";
import type { Database } from "../src/store/database.ts";
import { registerIsEmpty } from "../src/store/register-is-empty.ts";
import { addPortals, lockPortals } from "../src/store/portal-bulk.ts";
import { agenciesOf, type PortalRow } from "../src/store/portal-row.ts";
import { putRequirements } from "../src/store/requirements.ts";
import { readRequirements } from "./read-requirements.ts";
import {
  readCommunes,
  readPortalNotes,
  readPortals,
  readPredecessors,
  readProvinces,
  readUnitChanges,
} from "./read-seeds.ts";

/** How many rows a seeding added, of requirements also changed ones; all 0 when everything was there. */
export interface Seeded {
  readonly provinces: number;
  readonly communes: number;
  readonly predecessors: number;
  readonly changes: number;
  readonly agencies: number;
  readonly portals: number;
  readonly requirements: number;
}

interface SeedOptions {
  readonly now?: Date;
  /** Whether agencies and portals are loaded beside provinces and communes; default true. */
  readonly portals?: boolean;
}

/** The units before these were in force until 30 June 2025 (PROVENANCE.md). */
const UNITS_VALID_FROM = "2025-07-01";

/**
 * Loads the real provinces, communes, agencies and portals in one transaction. Agencies and portals that are there
 * stay as they are, whoever changed them; the facts of provinces and communes, and the requirements, are brought up
 * to date.
 */
export async function seed(
  db: Database,
  { now = new Date(), portals: wanted = true }: SeedOptions = {},
): Promise<Seeded> {
  const [provinces, communes, changes, predecessors, requirements, rows] = await Promise.all([
    readProvinces(),
    readCommunes(),
    readUnitChanges(),
    readPredecessors(),
    readRequirements(),
    wanted ? readPortals() : [],
  ]);
  const portals = await withNotes(rows);
  return db.transaction().execute(async (trx) => {
    await lockPortals(trx);
    const seeded: Seeded = {
      provinces: await putUnits(trx, provinces, UNITS_VALID_FROM),
      communes: await putUnits(trx, communes, UNITS_VALID_FROM),
      changes: await addUnitChanges(trx, changes),
      predecessors: await addPredecessors(trx, predecessors),
      agencies: await addAgencies(trx, agenciesOf(rows)),
      portals: (await addPortals(trx, portals, now)).length,
      requirements: await putRequirements(trx, requirements),
    };
    if (Object.values(seeded).some((added) => added > 0)) {
      const entry = {
        action: "seed",
        objectType: "database",
        objectId: "seeds",
        before: null,
      } as const;
      await writeAudit(trx, { keyId: null, name: "seed" }, [{ ...entry, after: seeded }]);
    }
    return seeded;
  });
}

/**
 * What a first start needs: provinces and communes, and the real portals unless some are registered already:
 * whoever imported a list of their own before the first start wants that one. Requirements are brought up to date at
 * every start, for databases that are older than they are.
 */
export async function seedIfEmpty(db: Database): Promise<void> {
  const { units, portals } = await registerIsEmpty(db);
  if (units) await seed(db, { portals });
  else await putRequirements(db, await readRequirements());
}

/** Portals of the list under the ids that it gives them, with what is known beside it. */
async function withNotes(rows: readonly PortalRow[]) {
  const notes = await readPortalNotes();
  return rows.map(({ portal, line }) => {
    if (portal.slug === null) throw new Error(`seeds/portals.csv has no id on line ${line}`);
    return { ...portal, slug: portal.slug, ...notes.get(portal.slug) };
  });
}
