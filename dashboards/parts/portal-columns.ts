import type { Override } from "../kit/panel.ts";
import type { Text } from "../kit/text.ts";

/** Heads of the columns that tables of portals share. */
export const PORTAL_TITLE: Text = { vi: "Cổng", en: "Portal" };
export const AGENCY_TITLE: Text = { vi: "Cơ quan", en: "Agency" };

/** The portal's id leads to its dashboard, and to its page of findings. */
export function linkedPortal(): Override {
  return {
    of: PORTAL_TITLE,
    links: [
      {
        title: { vi: "Xem cổng này", en: "Look at this portal" },
        board: "portal",
        variables: { portal: "${__data.fields.portal}" },
      },
      {
        title: { vi: "Kết quả kiểm tra và cách sửa", en: "Findings and what to do" },
        page: "/portals/${__data.fields.portal}",
      },
    ],
  };
}

/** The agency's id leads to its dashboard. */
export function linkedAgency(): Override {
  return {
    of: AGENCY_TITLE,
    links: [
      {
        title: { vi: "Xem cơ quan này", en: "Look at this agency" },
        board: "agency",
        variables: { agency: "${__data.fields.agency}" },
      },
    ],
  };
}
