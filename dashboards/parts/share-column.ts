import { COLOURED_CELL } from "../kit/cells.ts";
import type { Override } from "../kit/panel.ts";
import type { Text } from "../kit/text.ts";
import { asShare } from "../kit/thresholds.ts";

/** A column of shares, coloured by the limits of the tiles. */
export function shareColumn(of: Text, limit: { warn: number; good: number }): Override {
  return {
    of,
    ...asShare(limit),
    custom: COLOURED_CELL,
  };
}
