import type { Board } from "../kit/board.ts";
import { EVIDENCE_SECTION } from "./evidence.ts";
import { INCIDENT_SECTION } from "./incidents.ts";
import { LEGAL_SECTION } from "./legal.ts";
import { AGENCY_TABLE, FINDING_TABLE, PORTAL_TABLE, TILES } from "./list.ts";
import { AGENCIES, VANTAGE } from "./variables.ts";

/** Which portals of an agency are not as they should be, since when, and by which text? */
export const COMPLIANCE: Board = {
  name: "compliance",
  title: { vi: "Tuân thủ theo cơ quan", en: "Compliance by agency" },
  description: {
    vi: "Cổng nào của cơ quan nào chưa đạt, từ khi nào, thiếu gì và theo văn bản nào?",
    en: "Which portals of which agency are not as they should be, since when, what is missing and by which text?",
  },
  variables: [VANTAGE, AGENCIES],
  from: "now-30d",
  refresh: "5m",
  marked: false,
  sections: [
    { panels: [...TILES, AGENCY_TABLE, PORTAL_TABLE, FINDING_TABLE] },
    LEGAL_SECTION,
    EVIDENCE_SECTION,
    INCIDENT_SECTION,
  ],
};
