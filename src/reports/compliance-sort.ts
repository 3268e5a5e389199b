import { type RawBuilder, sql } from "kysely";
import { LEVEL_VALUE, READINESS_LEVELS } from "../domain/readiness.ts";
import { gradeSql, levelSql } from "./compliance-standing.ts";
import type { Moment } from "./compliance-view.ts";
import { foldedSql } from "./folded-text.ts";

/** By what the list is ordered; equal ones by stable id. */
export const COMPLIANCE_SORTS = ["name", "level", "grade", "since", "agency"] as const;

export type ComplianceSort = (typeof COMPLIANCE_SORTS)[number];

/** Worst first, earliest first, A first and U last; or the other way round. */
export type SortOrder = "asc" | "desc";

/** After every level that is known. */
const LAST = 99;

/**
 * What portals are ordered by, as text that sorts byte-wise in every database: a folded name, a rank of two digits, or
 * an instant in milliseconds of fourteen.
 */
export function sortKeySql(sort: ComplianceSort, moment: Moment): RawBuilder<string> {
  switch (sort) {
    case "name":
      return foldedSql(sql.ref<string>("p.name_vi"));
    case "agency":
      return foldedSql(sql.ref<string>("a.name_vi"));
    case "level":
      return padded(sql`case ${levelSql(moment)} ${levelBranches()} end`, 2);
    case "grade":
      return sql<string>`${gradeSql(moment)} collate "C"`;
    case "since":
      return padded(
        sql`floor(extract(epoch from coalesce(s.from_at, to_timestamp(0))) * 1000)`,
        14,
      );
  }
}

function padded(number: RawBuilder<unknown>, digits: number): RawBuilder<string> {
  return sql<string>`lpad((${number})::text, ${sql.lit(digits)}, '0') collate "C"`;
}

/** LX, worse than none, comes first. */
function levelBranches() {
  const branches = READINESS_LEVELS.map((level) => {
    const value = LEVEL_VALUE[level];
    return sql`when ${sql.lit(level)} then ${sql.lit(value === null ? LAST : value + 1)}`;
  });
  return sql.join(branches, sql` `);
}
