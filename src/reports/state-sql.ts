import { type Expression, type RawBuilder, sql } from "kysely";
import { FAMILIES, type Family } from "../domain/family.ts";
import { isProbed, LIFECYCLES } from "../domain/portal.ts";
import {
  combineSigns,
  FAMILY_SIGNS,
  type FamilySign,
  FRESH_INTERVALS,
  PORTAL_STATES,
  type PortalState,
  SIGN_OF_OUTCOME,
} from "../domain/portal-state.ts";
import { isMaintainedSql } from "./maintained-sql.ts";
import type { Viewpoint } from "./page.ts";

/**
 * The state of a portal at an instant as SQL, over a query with `portal as p` and the signs of its families as `sign`.
 * It is spelt out from domain/portal-state.ts, so that the database can filter by it and there is one rule.
 */
export function stateSql(now: number): Expression<PortalState> {
  const [one, other] = FAMILIES.map((family) => sql.ref(`sign.${family}`));
  const branches = PORTAL_STATES.flatMap((state) => {
    const pairs = pairsOf(state);
    return pairs.length === 0 || state === "unknown"
      ? []
      : [
          sql`when ${one} || '/' || ${other} in (${sql.join(pairs.map((pair) => sql.lit(pair)))}) then ${sql.lit(state)}`,
        ];
  });
  return sql<PortalState>`case
    when not ${isProbedSql()} then 'unknown'
    when ${isMaintainedSql(now)} then 'maintenance'
    ${sql.join(branches, sql` `)}
    else 'unknown' end`;
}

/** Whether `portal as p` is probed on schedule. */
export function isProbedSql(): RawBuilder<boolean> {
  const probed = LIFECYCLES.filter(isProbed).map((lifecycle) => sql.lit(lifecycle));
  return sql<boolean>`(p.lifecycle in (${sql.join(probed)}))`;
}

/** All pairs of signs that come to this state, as `sign/sign`. */
function pairsOf(state: PortalState): string[] {
  return FAMILY_SIGNS.flatMap((one) =>
    FAMILY_SIGNS.filter((other) => combineSigns(one, other) === state).map(
      (other) => `${one}/${other}`,
    ),
  );
}

/** What the last run over a family says, in a query with `probe_latest` joined under the family's name. */
export function signSql(family: Family, { now, intervalMs }: Viewpoint): Expression<FamilySign> {
  const outcome = sql.ref(`${family}.outcome`);
  const freshFrom = new Date(now - FRESH_INTERVALS * intervalMs);
  const branches = Object.entries(SIGN_OF_OUTCOME).map(
    ([name, sign]) => sql`when ${outcome} = ${sql.lit(name)} then ${sql.lit(sign)}`,
  );
  return sql<FamilySign>`case
    when ${sql.ref(`${family}.scheduled_at`)} < ${freshFrom} then 'unsure'
    ${sql.join(branches, sql` `)}
    else 'unsure' end`;
}
