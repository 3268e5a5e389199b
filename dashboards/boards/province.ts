import type { Board } from "../kit/board.ts";
import { PROVINCE } from "../kit/variables.ts";
import { coverageTargets } from "../parts/coverage-targets.ts";
import { freshness } from "../parts/freshness.ts";
import { incidentList, openIncidents } from "../parts/incident-panels.ts";
import { kindsTable } from "../parts/kinds-table.ts";
import { badResultsOverTime, sharesOverTime } from "../parts/over-time.ts";
import { portalTable } from "../parts/portal-table.ts";
import { responseTile } from "../parts/response-tile.ts";
import { shareTiles } from "../parts/share-tiles.ts";
import { statesOverTime } from "../parts/states-over-time.ts";

/** The overview's shape for the portals of one province. */
export const PROVINCE_BOARD: Board = {
  name: "province",
  title: { vi: "Tỉnh, thành phố", en: "Province" },
  description: {
    vi: "Các cổng của tỉnh có hoạt động không, cổng nào thì không, và phủ sóng đến đâu?",
    en: "Do the province's portals work, which do not, and how far is coverage?",
  },
  variables: [PROVINCE],
  pages: [
    { title: { vi: "Sự cố của tỉnh", en: "Its incidents" }, page: "/incidents?province=$province" },
    {
      title: { vi: "Danh sách tuân thủ của tỉnh", en: "Its compliance list" },
      page: "/compliance?province=$province",
    },
    {
      title: { vi: "Phủ sóng của tỉnh", en: "Its coverage" },
      page: "/coverage/units/province/$province",
    },
  ],
  // Those of others are left out; those about nobody in particular, as of this place, are not.
  alertsOf: 'province=~"|$province"',
  sections: [
    {
      panels: [
        ...shareTiles("province"),
        responseTile("province"),
        openIncidents("province"),
        freshness("province"),
        statesOverTime("province", [12, 8]),
        incidentList("province", [12, 8]),
        portalTable("province"),
        coverageTargets("province", [24, 9]),
      ],
    },
    {
      id: 100,
      title: { vi: "Xu hướng", en: "Trends" },
      panels: [sharesOverTime("province"), badResultsOverTime("province"), kindsTable("province")],
    },
  ],
};
