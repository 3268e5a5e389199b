import { stat } from "../kit/kinds.ts";
import type { Panel } from "../kit/panel.ts";
import { now } from "../kit/query.ts";
import { NEUTRAL } from "../kit/thresholds.ts";

/** Maintenance that is announced and under way: why some portals are neither up nor down. */
export function maintenance(id = 25): Panel {
  return stat({
    id,
    size: [6, 4],
    title: { vi: "Đợt bảo trì đang diễn ra", en: "Maintenance under way" },
    description: {
      vi: "Số đợt bảo trì đã báo trước và đang diễn ra; cổng trong đó không tính là ngừng.",
      en: "Announced maintenance windows that are under way; portals in them do not count as down.",
    },
    queries: [now("maintenance_windows_active")],
    unit: "none",
    thresholds: NEUTRAL,
    colour: "none",
    links: [
      { title: { vi: "Trang bảo trì", en: "The page of maintenance" }, page: "/maintenance" },
    ],
  });
}
