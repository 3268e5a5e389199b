import { LISTED, type View } from "./view.ts";

/** What dashboards let their reader choose from. */
export const SUBJECTS: readonly View[] = [
  {
    name: "vantage",
    comment: "One row per vantage point that has ever stored anything.",
    columns: {
      vantage: "Its name",
      country: "Where it stands, ISO 3166 code; null where nobody said so",
      last_audit_at: "When one of its audits last ended; null before the first",
    },
    query: `select v.name, v.country,
      (select max(t.last_audit_at) from standing_track t where t.vantage_id = v.id)
      from vantage v`,
  },
  {
    name: "agency",
    comment: "One row per agency that answers for a portal on the list.",
    columns: {
      agency: "Its id, as in addresses of the service",
      agency_name_vi: "Its name in Vietnamese",
      agency_name_en: "Its name in English; null where none is known",
      portals: "Portals on the list that it answers for",
      made_up: "True in a demonstration",
    },
    query: `select a.slug, a.name_vi, a.name_en, count(*)::int, a.made_up
      from agency a join portal p on p.agency_id = a.id
      where ${LISTED} group by a.id`,
  },
];
