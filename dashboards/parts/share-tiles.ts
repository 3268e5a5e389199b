import { stat } from "../kit/kinds.ts";
import type { Panel } from "../kit/panel.ts";
import { now, type Query } from "../kit/query.ts";
import type { Text } from "../kit/text.ts";
import { asShare } from "../kit/thresholds.ts";
import { HTTPS_SHARE, IPV6_SHARE, UP_SHARE } from "../limits.ts";
import { countOf, type Scope, share, upShare } from "./scope.ts";

interface Tile {
  readonly id: number;
  readonly title: Text;
  readonly description: Text;
  readonly query: Query;
  readonly limit: { readonly warn: number; readonly good: number };
}

/** Four shares of portals, as tiles: up, ready for IPv6 (L3 and above, L4 and above), HTTPS of grade A or B. */
export function shareTiles(scope: Scope): readonly Panel[] {
  return [up(scope), level3(scope), level4(scope), https(scope)].map(
    ({ id, title, description, query, limit }) =>
      stat({
        id,
        size: [4, 4],
        title,
        description,
        queries: [query],
        ...asShare(limit),
        colour: "tile",
      }),
  );
}

function up(scope: Scope): Tile {
  return {
    id: 1,
    title: { vi: "Cổng hoạt động", en: "Portals up" },
    description: {
      vi: "Tỷ lệ cổng hoạt động qua mọi họ địa chỉ mà cổng công bố, trong số các cổng biết được trạng thái và không bảo trì. Cổng suy giảm không tính là hoạt động.",
      en: "Share of portals that are up over every address family they publish, among those whose state is known and that are not in maintenance. A degraded portal does not count as up.",
    },
    query: now(upShare((what) => countOf(scope, what))),
    limit: UP_SHARE,
  };
}

function level3(scope: Scope): Tile {
  return {
    id: 2,
    title: { vi: "Sẵn sàng IPv6 (từ L3)", en: "Ready for IPv6 (L3+)" },
    description: {
      vi: "Tỷ lệ cổng có HTTPS hợp lệ ở mọi địa chỉ IPv6 (L3 trở lên), trong số các cổng đã biết mức. Cổng chỉ còn chuyển về Cổng Dịch vụ công quốc gia cũng được tính; ở bảng IPv6 và danh sách tuân thủ thì không, nên số ở đó có thể khác.",
      en: "Share of portals whose HTTPS is valid at every IPv6 address (L3 and above), among those whose level is known. Portals that only forward to the national gateway count here; on the dashboard of IPv6 and in the compliance list they do not, so that the figure there may differ.",
    },
    query: now(share(countOf(scope, "portals_level3"), countOf(scope, "portals_with_level"))),
    limit: IPV6_SHARE,
  };
}

function level4(scope: Scope): Tile {
  return {
    id: 3,
    title: { vi: "Hoạt động tốt qua IPv6 (từ L4)", en: "Works well over IPv6 (L4+)" },
    description: {
      vi: "Tỷ lệ cổng có nội dung và độ ổn định 30 ngày qua IPv6 tương đương IPv4 (L4 trở lên), trong số các cổng đã biết mức. Phải đo đủ 30 ngày mới đạt được L4.",
      en: "Share of portals whose content and thirty days of success over IPv6 equal IPv4 (L4 and above), among those whose level is known. L4 takes thirty days of probing.",
    },
    query: now(share(countOf(scope, "portals_level4"), countOf(scope, "portals_with_level"))),
    limit: IPV6_SHARE,
  };
}

function https(scope: Scope): Tile {
  return {
    id: 4,
    title: { vi: "HTTPS hạng A, B", en: "HTTPS of grade A or B" },
    description: {
      vi: "Tỷ lệ cổng có HTTPS hợp lệ và bắt buộc (hạng A hoặc B), trong số các cổng đã biết hạng.",
      en: "Share of portals whose HTTPS is valid and enforced (grade A or B), among those whose grade is known.",
    },
    query: now(share(countOf(scope, "portals_grade_ab"), countOf(scope, "portals_with_grade"))),
    limit: HTTPS_SHARE,
  };
}
