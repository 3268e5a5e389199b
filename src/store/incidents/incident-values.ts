import { sql } from "kysely";
import type { IncidentChange, IncidentFacts } from "../../domain/incident/change.ts";
import { storableJson } from "../storable-json.ts";

/** Changes of one type. */
export type ChangeOf<Type extends IncidentChange["type"]> = Extract<
  IncidentChange,
  { readonly type: Type }
>;

/** A list of instants (milliseconds since the epoch) for `unnest`. */
export function instants(values: readonly number[]) {
  return sql`${values.map((at) => new Date(at).toISOString())}::timestamptz[]`;
}

/** A list of JSON values for `unnest`. */
export function jsons(values: readonly object[]) {
  return sql`${values.map((value) => JSON.stringify(storableJson(value)))}::jsonb[]`;
}

/**
 * The facts of incidents that a change can give them, as columns for `unnest`: family, scope, severity, cause,
 * opened_at, confirmed_at, last_bad_at, confirmation, evidence, flapping.
 */
export function changeableColumns(facts: readonly IncidentFacts[]) {
  return sql`${facts.map((each) => each.family)}::text[], ${facts.map((each) => each.scope)}::text[],
    ${facts.map((each) => each.severity)}::text[], ${facts.map((each) => each.cause)}::text[],
    ${instants(facts.map((each) => each.openedAt))}, ${instants(facts.map((each) => each.confirmedAt))}, ${instants(facts.map((each) => each.lastBadAt))},
    ${jsons(facts.map((each) => each.confirmation))}, ${jsons(facts.map((each) => each.evidence))},
    ${facts.map((each) => each.flapping)}::boolean[]`;
}

/** The names of those columns, in their order. */
export const CHANGEABLE = sql.raw(
  "family, scope, severity, cause, opened_at, confirmed_at, last_bad_at, confirmation, evidence, flapping",
);

/** What a timeline says about how an incident stands. */
export function standingOf(facts: IncidentFacts) {
  const { scope, family, severity, cause, flapping } = facts;
  return { scope, family, severity, cause, flapping };
}
