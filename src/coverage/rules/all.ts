import type { FileRule, RowRule } from "./rule.ts";
import { v01, v01Column } from "./v01-percentage.ts";
import { v02 } from "./v02-counts.ts";
import { v03, v03Column } from "./v03-denominator.ts";
import { v04 } from "./v04-stated-percentage.ts";
import { v05 } from "./v05-known-code.ts";
import { v06 } from "./v06-valid-code.ts";
import { v07 } from "./v07-name.ts";
import { v08 } from "./v08-vintage.ts";
import { v09 } from "./v09-province.ts";
import { v10 } from "./v10-padded-code.ts";
import { v11 } from "./v11-duplicate.ts";
import { v12 } from "./v12-recorded.ts";
import { v14 } from "./v14-nothing.ts";
import { v19 } from "./v19-spelling.ts";
import { v20, v20File } from "./v20-day.ts";
import { v21 } from "./v21-jump.ts";
import { v22 } from "./v22-fall.ts";
import { v23 } from "./v23-order.ts";
import { v24 } from "./v24-yes-no.ts";
import { v25 } from "./v25-household-size.ts";
import { v26, v26Totals } from "./v26-sums.ts";
import { v27, v27File } from "./v27-definition.ts";

// V13 and V15 to V18 are found while the file is read and its headers and numbers are understood, V28 before it is
// opened; what they say of a row comes with it.

/** Rules over a file as a whole; one that refuses it stops before any row is judged. */
export const FILE_RULES: readonly FileRule[] = [
  v01Column,
  v03Column,
  v08,
  v20File,
  v26Totals,
  v27File,
];

/** Rules over each row, in the order in which faults are told. */
export const ROW_RULES: readonly RowRule[] = [
  v01,
  v02,
  v03,
  v04,
  v05,
  v06,
  v07,
  v09,
  v10,
  v11,
  v12,
  v14,
  v19,
  v20,
  v21,
  v22,
  v23,
  v24,
  v25,
  v26,
  v27,
];
