import type { Board } from "../kit/board.ts";
import { PORTAL } from "../kit/variables.ts";
import { CERTIFICATE_ROW, CERTIFICATE_TABLE } from "./portal/certificate.ts";
import { INSTANCE } from "./portal/chosen.ts";
import { FAILURES } from "./portal/failures.ts";
import { HISTORY } from "./portal/history.ts";
import { RUNS } from "./portal/runs.ts";
import { STANDING } from "./portal/standing.ts";
import { WRONG } from "./portal/wrong.ts";

/** Does this portal work over both families, and if not, why? */
export const PORTAL_BOARD: Board = {
  name: "portal",
  title: { vi: "Cổng", en: "Portal" },
  description: {
    vi: "Cổng này có hoạt động qua IPv4 và IPv6 không, nếu không thì vì sao?",
    en: "Does this portal work over IPv4 and IPv6, and if not, why?",
  },
  variables: [PORTAL, INSTANCE],
  pages: [
    { title: { vi: "Kết quả kiểm tra", en: "Findings" }, page: "/portals/$portal" },
    { title: { vi: "Mức sẵn sàng", en: "Availability" }, page: "/portals/$portal/times" },
    { title: { vi: "Sự cố của cổng", en: "Its incidents" }, page: "/incidents?portal=$portal" },
  ],
  // Those of others are left out; those about nobody in particular, as of this place, are not.
  alertsOf: 'portal=~"|$portal"',
  sections: [
    { panels: [...STANDING, ...RUNS, ...WRONG, CERTIFICATE_TABLE] },
    { id: 100, title: { vi: "Theo thời gian", en: "Over time" }, panels: HISTORY },
    { id: 101, title: { vi: "Vì sao hỏng", en: "Why it fails" }, panels: FAILURES },
    { id: 102, title: { vi: "Chứng thư", en: "Certificate" }, panels: CERTIFICATE_ROW },
  ],
};
