import type { Board } from "../kit/board.ts";
import { firingAlerts } from "../parts/alerts.ts";
import { commonCauses } from "../parts/common-causes.ts";
import { coverageTargets } from "../parts/coverage-targets.ts";
import { freshness } from "../parts/freshness.ts";
import { incidentList, openIncidents } from "../parts/incident-panels.ts";
import { kindsTable } from "../parts/kinds-table.ts";
import { maintenance } from "../parts/maintenance.ts";
import { badResultsOverTime, responseOverTime, sharesOverTime } from "../parts/over-time.ts";
import { provinceTable } from "../parts/province-table.ts";
import { responseTile } from "../parts/response-tile.ts";
import { shareTiles } from "../parts/share-tiles.ts";
import { statesOverTime } from "../parts/states-over-time.ts";

/** Is the country's digital infrastructure up, and where is it not? */
export const OVERVIEW: Board = {
  name: "overview",
  title: { vi: "Hạ tầng số quốc gia", en: "The country's digital infrastructure" },
  description: {
    vi: "Các cổng của cả nước có hoạt động không, và nơi nào thì không?",
    en: "Do the country's portals work, and where do they not?",
  },
  pages: [
    { title: { vi: "Sự cố", en: "Incidents" }, page: "/incidents" },
    { title: { vi: "Danh sách tuân thủ", en: "Compliance list" }, page: "/compliance" },
  ],
  sections: [
    {
      panels: [
        ...shareTiles("country"),
        responseTile("country"),
        openIncidents("country"),
        freshness("country"),
        statesOverTime("country", [12, 8]),
        incidentList("country", [12, 8]),
        provinceTable(),
        commonCauses(),
        coverageTargets("country", [24, 9]),
      ],
    },
    {
      id: 100,
      title: { vi: "Xu hướng", en: "Trends" },
      panels: [sharesOverTime("country"), responseOverTime(), badResultsOverTime("country")],
    },
    {
      id: 101,
      title: { vi: "Loại cổng, cảnh báo, bảo trì", en: "Kinds of portals, alerts, maintenance" },
      panels: [kindsTable("country"), firingAlerts(), maintenance()],
    },
  ],
};
