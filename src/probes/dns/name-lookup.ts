import type { NameSight } from "../../domain/audit/names.ts";

/** Looks both families of a name up, each name once in an audit. */
export type NameLookup = (name: string) => Promise<NameSight>;
