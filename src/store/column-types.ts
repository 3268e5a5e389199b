import type { ColumnType } from "kysely";

/** `timestamptz`: read as Date, written as Date or ISO string. */
export type Instant = ColumnType<Date, Date | string, Date | string>;
/** The same with a default in the database. */
export type InstantByDefault = ColumnType<Date, Date | string | undefined, Date | string>;
/** `date`: a calendar day `YYYY-MM-DD`, both ways. */
export type Day = string;
