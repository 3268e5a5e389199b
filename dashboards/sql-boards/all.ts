import type { Board } from "../kit/board.ts";
import { COMPLIANCE } from "./compliance.ts";
import { GAPS } from "./gaps.ts";
import { RELEASES } from "./releases.ts";

/** Every dashboard that asks PostgreSQL, by the views of the schema `grafana`. */
export const SQL_BOARDS: readonly Board[] = [COMPLIANCE, GAPS, RELEASES];
