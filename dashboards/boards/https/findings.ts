import type { CheckId } from "../../../src/domain/finding.ts";
import { columns } from "../../kit/columns.ts";
import { table } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { rows } from "../../kit/query.ts";
import type { Text } from "../../kit/text.ts";
import { VERDICT_WORDS } from "../../parts/words.ts";
import { findingTable } from "../../parts/finding-table.ts";
import {
  AGENCY_TITLE,
  linkedAgency,
  linkedPortal,
  PORTAL_TITLE,
} from "../../parts/portal-columns.ts";

/** Checks of HTTPS: offered, enforced, HSTS, TLS versions, the same over both families; TLS and certificates at addresses. */
const CHECKS: readonly CheckId[] = ["H1", "H2", "H3", "H4", "H5", "W2", "W3", "W4"];

const FOUND: Panel = findingTable({
  id: 10,
  size: [12, 10],
  title: { vi: "Bắt buộc HTTPS, HSTS, TLS, chứng thư", en: "Enforcement, HSTS, TLS, certificates" },
  description: {
    vi: "Số cổng mà mỗi phép kiểm tra HTTPS không đạt hoặc cần lưu ý; một cổng có thể có nhiều.",
    en: "Portals of which each check of HTTPS fails or warns; one portal may have several.",
  },
  checks: CHECKS,
});

/** The portals of which this check does not hold. */
function portalsWith(
  options: { readonly id: number; readonly title: Text; readonly description: Text },
  check: CheckId,
): Panel {
  return table({
    ...options,
    size: [12, 9],
    queries: [
      rows(
        `portal_finding{check="${check}"} * on (instance, portal) group_left (agency) portal_info`,
      ),
    ],
    unit: "short",
    transformations: columns([
      { field: "portal", title: PORTAL_TITLE },
      { field: "agency", title: AGENCY_TITLE },
      { field: "verdict", title: { vi: "Kết luận", en: "Verdict" } },
    ]),
    sortBy: { column: AGENCY_TITLE },
    noValue: { vi: "không có cổng nào", en: "no portal" },
    overrides: [
      linkedPortal(),
      linkedAgency(),
      { of: { vi: "Kết luận", en: "Verdict" }, words: VERDICT_WORDS },
    ],
  });
}

const OLD_TLS: Panel = portalsWith(
  {
    id: 13,
    title: { vi: "Còn nhận TLS 1.0 hoặc 1.1", en: "TLS 1.0 or 1.1 is still accepted" },
    description: {
      vi: "Cổng còn nhận các phiên bản TLS đã bị loại bỏ (phép kiểm tra H4); không đạt là chỉ nhận các phiên bản đó.",
      en: "Portals that still accept withdrawn versions of TLS (check H4); those that fail accept nothing else.",
    },
  },
  "H4",
);

const NOT_ENFORCED: Panel = portalsWith(
  {
    id: 15,
    title: { vi: "HTTP không dẫn sang HTTPS", en: "HTTP does not lead to HTTPS" },
    description: {
      vi: "Cổng mà người vào bằng http:// không được chuyển ngay sang https:// của chính tên đó (phép kiểm tra H2).",
      en: "Portals that do not lead visitors of http:// to https:// of the same name at once (check H2).",
    },
  },
  "H2",
);

/** What is wrong with HTTPS, by check and by portal. */
export const FINDINGS: readonly Panel[] = [FOUND];
export const PORTALS: readonly Panel[] = [OLD_TLS, NOT_ENFORCED];
