import { type RawBuilder, sql } from "kysely";

/** Whether the incident of this alias is told by somebody, be it Prometheus: nothing holds it. */
export function isSpokenOf(alias: string): RawBuilder<boolean> {
  const held = sql.ref(`${alias}.held`);
  return sql<boolean>`(${held} is null or ${held} in ('prometheus', 'no_channel'))`;
}
