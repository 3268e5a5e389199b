import type { Context } from "hono";
import {
  complianceDiff,
  type ComplianceDiffFilter,
  type ComplianceDiffPosition,
  type ComplianceDiffRow,
} from "../../reports/compliance-diff.ts";
import type { ComplianceView } from "../../reports/compliance-view.ts";
import type { Page } from "../../reports/page.ts";
import type { ShownDiffRow } from "../../web/compliance/changes-section.ts";
import { maySeeDetails } from "../access/viewer.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { MAX_LIMIT } from "../lists/fields.ts";

/** Which changes: all that a filter of the list knows and a difference does not is left aside. */
export interface ChangesRequest {
  readonly view: ComplianceView;
  readonly days: { readonly from: string; readonly to: string };
  readonly filter: ComplianceDiffFilter;
  readonly limit?: number;
  readonly after?: ComplianceDiffPosition | null;
}

/** What changed, as far as this viewer may see it. */
export async function readChanges(
  c: Context<AppEnv>,
  deps: AppDeps,
  { view, days, filter, limit = MAX_LIMIT, after = null }: ChangesRequest,
): Promise<Page<ShownDiffRow, ComplianceDiffPosition>> {
  const { agency, province, kind, q } = filter;
  const wanted = { agency, province, kind, q };
  const { rows, next } = await complianceDiff(deps.db, view, days, wanted, { limit, after });
  const isOpen = (row: ComplianceDiffRow) =>
    maySeeDetails(c.get("viewer"), deps.config.publicRead, {
      agency: row.agency.id,
      province: row.province?.code ?? null,
    });
  return { rows: rows.map((row) => (isOpen(row) ? row : withoutBecause(row))), next };
}

function withoutBecause({ because: _because, ...row }: ComplianceDiffRow): ShownDiffRow {
  return row;
}
