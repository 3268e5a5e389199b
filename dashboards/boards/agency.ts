import type { Board } from "../kit/board.ts";
import { AGENCY } from "../kit/variables.ts";
import { agencyAvailability } from "../parts/agency-availability.ts";
import { freshness } from "../parts/freshness.ts";
import { incidentList, openIncidents } from "../parts/incident-panels.ts";
import { kindsTable } from "../parts/kinds-table.ts";
import { sharesOverTime } from "../parts/over-time.ts";
import { portalTable } from "../parts/portal-table.ts";
import { responseTile } from "../parts/response-tile.ts";
import { shareTiles } from "../parts/share-tiles.ts";
import { statesOverTime } from "../parts/states-over-time.ts";

/** The overview's shape for the portals that one agency answers for. */
export const AGENCY_BOARD: Board = {
  name: "agency",
  title: { vi: "Cơ quan", en: "Agency" },
  description: {
    vi: "Các cổng của cơ quan có hoạt động không, và cổng nào thì không?",
    en: "Do the agency's portals work, and which do not?",
  },
  variables: [AGENCY],
  pages: [
    { title: { vi: "Sự cố của cơ quan", en: "Its incidents" }, page: "/incidents?agency=$agency" },
    {
      title: { vi: "Danh sách tuân thủ của cơ quan", en: "Its compliance list" },
      page: "/compliance?agency=$agency",
    },
    {
      title: { vi: "Sửa gì trước", en: "Mend first" },
      page: "/compliance/mend-first?agency=$agency",
    },
  ],
  // Those of others are left out; those about nobody in particular, as of this place, are not.
  alertsOf: 'agency=~"|$agency"',
  sections: [
    {
      panels: [
        ...shareTiles("agency"),
        responseTile("agency"),
        openIncidents("agency"),
        agencyAvailability(),
        freshness("agency"),
        statesOverTime("agency", [12, 8]),
        incidentList("agency", [12, 8]),
        portalTable("agency"),
      ],
    },
    {
      id: 100,
      title: { vi: "Xu hướng", en: "Trends" },
      panels: [sharesOverTime("agency"), kindsTable("agency")],
    },
  ],
};
