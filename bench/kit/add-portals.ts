import { addAgencies } from "../../src/store/agencies.ts";
import type { Database } from "../../src/store/database.ts";
import { addPortals } from "../../src/store/portal-bulk.ts";

/** Registers made-up portals of one agency. */
export async function addBenchPortals(
  db: Database,
  portals: readonly { readonly slug: string; readonly url: string; readonly host: string }[],
): Promise<void> {
  await addAgencies(db, [{ ownerType: "bench", ownerCode: "lab", nameVi: "Phòng thử (bịa)" }]);
  const rows = portals.map((portal) => ({
    ...portal,
    nameVi: `Cổng ${portal.slug} (bịa)`,
    nameEn: null,
    kind: "portal" as const,
    agency: "bench-lab",
    province: null,
    lifecycle: "active" as const,
    source: null,
    madeUp: true,
  }));
  await addPortals(db, rows, new Date());
}
