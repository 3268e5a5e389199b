import { COLOURED_CELL, wide } from "../kit/cells.ts";
import { CLICKED } from "../kit/links.ts";
import type { Words } from "../kit/mappings.ts";
import type { SqlColumn } from "../kit/sql-query.ts";
import type { Text } from "../kit/text.ts";

/** A name that may be known in Vietnamese only. */
export function named(column: string): Text {
  return { vi: `${column}_vi`, en: `coalesce(${column}_en, ${column}_vi)` };
}

/** Days are texts: as instants a browser elsewhere would show the day before. */
export function day(sql: string, title: Text): SqlColumn {
  return { sql: `${sql}::text`, title, custom: wide(110) };
}

/** An instant, shown as how long ago it was. */
export function ago(sql: string, title: Text): SqlColumn {
  return { sql, title, unit: "dateTimeFromNow", custom: wide(130) };
}

/** A share of 0 to 1. */
export function ratio(sql: string, title: Text): SqlColumn {
  return { sql, title, unit: "percentunit", decimals: 1, custom: wide(110) };
}

/** A whole number. */
export function count(sql: string, title: Text): SqlColumn {
  return { sql, title, unit: "short", decimals: 0, custom: wide(110) };
}

/** A slug with a word and a colour for each value. */
export function word(sql: string, title: Text, words: Words): SqlColumn {
  return { sql, title, words, custom: COLOURED_CELL };
}

/** A slug with a word for each value. */
export function plainWord(sql: string, title: Text, words: Words): SqlColumn {
  return { sql, title, words };
}

/** The portal, with links to its pages and its dashboard. */
export const PORTAL_COLUMNS: readonly SqlColumn[] = [
  {
    sql: "portal",
    title: { vi: "Mã cổng", en: "ID" },
    links: [
      {
        title: { vi: "Kết quả kiểm tra và cách sửa", en: "Findings and what to do" },
        page: `/portals/${CLICKED}`,
      },
      {
        title: { vi: "Xem cổng này", en: "Look at this portal" },
        board: "portal",
        variables: { portal: CLICKED },
      },
    ],
  },
  { sql: named("portal_name"), title: { vi: "Tên cổng", en: "Name" } },
];
