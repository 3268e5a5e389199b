import { done, refused, type Result } from "../domain/result.ts";
import { provinceNumber } from "./admin-units.ts";
import { holdAgency, holdPortal } from "./belonging.ts";
import type { Database } from "./database.ts";
import type { WindowTarget } from "./maintenance-input.ts";
import type { Belonging } from "./write-context.ts";

/** What a window is for, as its row says it: one of the three is set. */
export interface WindowTargetRow {
  readonly portal_id: number | null;
  readonly agency_id: number | null;
  readonly province_id: number | null;
}

/** What a window is for, with what it belongs to. */
export interface HeldTarget {
  readonly columns: WindowTargetRow;
  readonly belonging: Belonging;
}

const NONE: WindowTargetRow = { portal_id: null, agency_id: null, province_id: null };
/** A whole province is no agency's: keys that are limited to one may not touch it. */
const NO_AGENCY = "";

/** What a new window is for; it stays what it is until the transaction ends. */
export async function holdTarget(
  trx: Database,
  target: WindowTarget,
): Promise<
  Result<
    HeldTarget,
    { readonly kind: "no_target"; readonly field: "portal" | "agency" | "province" }
  >
> {
  if ("portal" in target) {
    const portal = await holdPortal(trx, target.portal);
    if (portal === null) return refused({ kind: "no_target", field: "portal" });
    return done({ columns: { ...NONE, portal_id: portal.number }, belonging: portal.belonging });
  }
  if ("agency" in target) {
    const agency = await holdAgency(trx, target.agency);
    if (agency === null) return refused({ kind: "no_target", field: "agency" });
    return done({ columns: { ...NONE, agency_id: agency.number }, belonging: agency.belonging });
  }
  const province = await provinceNumber(trx, target.province);
  if (province === null) return refused({ kind: "no_target", field: "province" });
  const belonging = { agency: NO_AGENCY, province: target.province };
  return done({ columns: { ...NONE, province_id: province }, belonging });
}

/** What a stored window belongs to. */
export async function targetOf(trx: Database, row: WindowTargetRow): Promise<Belonging> {
  if (row.portal_id !== null) {
    const portal = await trx
      .selectFrom("portal")
      .select("slug")
      .where("id", "=", row.portal_id)
      .executeTakeFirstOrThrow();
    const held = await holdPortal(trx, portal.slug);
    return held?.belonging ?? { agency: NO_AGENCY, province: null };
  }
  if (row.agency_id !== null) {
    const agency = await trx
      .selectFrom("agency")
      .select("slug")
      .where("id", "=", row.agency_id)
      .executeTakeFirstOrThrow();
    const held = await holdAgency(trx, agency.slug);
    return held?.belonging ?? { agency: NO_AGENCY, province: null };
  }
  const province = await trx
    .selectFrom("admin_unit")
    .select("code")
    .where("id", "=", row.province_id)
    .executeTakeFirst();
  return { agency: NO_AGENCY, province: province?.code ?? null };
}
