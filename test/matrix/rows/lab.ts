import type { Rows } from "../support/row.ts";
import { NAME_AND_PORT_ROWS } from "./lab-names.ts";
import { PAGE_ROWS } from "./lab-pages.ts";

/** What one audit of each portal of the catalogue must find. */
export const LAB_ROWS: Rows = { ...NAME_AND_PORT_ROWS, ...PAGE_ROWS };
