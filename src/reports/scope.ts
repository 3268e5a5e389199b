import { sql } from "kysely";

/** Whose portals are shown: all, those of one agency, or those of one province. */
export interface Scope {
  /** The agency's id, or null for any. */
  readonly agency: string | null;
  /** The province's code, or null for any. */
  readonly province: string | null;
}

/** Whether an agency `a` and the province `u` of a portal lie in the scope. */
export function inScope({ agency, province }: Scope) {
  return sql<boolean>`(${agency}::text is null or a.slug = ${agency})
    and (${province}::text is null or u.code = ${province})`;
}
