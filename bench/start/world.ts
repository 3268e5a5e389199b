import { seed } from "../../seeds/seed.ts";
import { addAgencies } from "../../src/store/agencies.ts";
import { openPostgres } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { addPortals, type NewPortal } from "../../src/store/portal-bulk.ts";
import { makeUpAudits } from "../../test/support/made-up-audits.ts";
import { addLastRuns } from "../api/world.ts";

/** Portals of one agency; a province has as many. */
const PER_AGENCY = 500;
const AT_ONCE = 5000;

/** Fills an empty database with portals on loopback that were probed and audited already; all of them on one port. */
export async function fillStartWorld(
  databaseUrl: string,
  { portals, port, vantage }: { portals: number; port: number; vantage: string },
): Promise<void> {
  const db = openPostgres(databaseUrl);
  const now = new Date();
  await migrate(db);
  await seed(db, { now, portals: false });
  const agencies = Array.from({ length: Math.ceil(portals / PER_AGENCY) }, (_, index) => ({
    ownerType: "bench",
    ownerCode: String(index),
    nameVi: `Cơ quan thử ${index} (bịa)`,
    madeUp: true,
  }));
  await addAgencies(db, agencies);
  const rows = Array.from({ length: portals }, (_, index): NewPortal => {
    const host = addressOf(index);
    return {
      slug: `bench-${String(index).padStart(5, "0")}`,
      url: `https://${host}:${port}/`,
      host,
      nameVi: `Cổng thử ${index} (bịa)`,
      nameEn: null,
      kind: "portal",
      agency: `bench-${Math.floor(index / PER_AGENCY)}`,
      province: null,
      lifecycle: "active",
      source: "made up",
      madeUp: true,
    };
  });
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await addPortals(db, rows.slice(from, from + AT_ONCE), now);
  }
  await makeUpAudits(db, { now: now.getTime(), days: 1, auditsPerDay: 1, vantage });
  await addLastRuns(db, vantage);
  await db.destroy();
}

/** One of its own for each, as virtual hosts would share one less than these do. */
function addressOf(index: number): string {
  return `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;
}
