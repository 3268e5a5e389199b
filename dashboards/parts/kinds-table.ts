import { joined } from "../kit/columns.ts";
import { table } from "../kit/kinds.ts";
import type { Panel } from "../kit/panel.ts";
import { rows } from "../kit/query.ts";
import type { Text } from "../kit/text.ts";
import { HTTPS_SHARE, IPV6_SHARE, UP_SHARE } from "../limits.ts";
import { countBy, type Scope, share, upShare } from "./scope.ts";
import { shareColumn } from "./share-column.ts";
import { PORTAL_KIND_WORDS } from "./words.ts";

const KIND: Text = { vi: "Loại cổng", en: "Kind of portal" };
const PORTALS: Text = { vi: "Số cổng", en: "Portals" };
const UP: Text = { vi: "Hoạt động", en: "Up" };
const LEVEL3: Text = { vi: "IPv6 từ L3", en: "IPv6 L3+" };
const HTTPS: Text = { vi: "HTTPS A, B", en: "HTTPS A, B" };

/** The shares of the tiles for each kind of portal: a national platform weighs more than a page of an agency. */
export function kindsTable(scope: Scope): Panel {
  const count = (what: string) => countBy("kind", scope, what);
  return table({
    id: 23,
    size: [12, 8],
    title: { vi: "Theo loại cổng", en: "By kind of portal" },
    description: {
      vi: "Các tỷ lệ của các ô phía trên, tính riêng cho từng loại cổng.",
      en: "The shares of the tiles above, for each kind of portal.",
    },
    queries: [
      rows(count("portals")),
      rows(upShare(count)),
      rows(share(count("portals_level3"), count("portals_with_level"))),
      rows(share(count("portals_grade_ab"), count("portals_with_grade"))),
    ],
    unit: "none",
    transformations: joined("kind", [
      { field: "kind", title: KIND },
      { field: "Value #A", title: PORTALS },
      { field: "Value #B", title: UP },
      { field: "Value #C", title: LEVEL3 },
      { field: "Value #D", title: HTTPS },
    ]),
    overrides: [
      { of: KIND, words: PORTAL_KIND_WORDS },
      shareColumn(UP, UP_SHARE),
      shareColumn(LEVEL3, IPV6_SHARE),
      shareColumn(HTTPS, HTTPS_SHARE),
    ],
    sortBy: { column: PORTALS, descending: true },
  });
}
