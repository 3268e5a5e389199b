import { checkTexts } from "../../src/catalogue/index.ts";
import { CHECK_IDS, type CheckId } from "../../src/domain/finding.ts";
import type { IncidentKind } from "../../src/domain/incident/kinds.ts";
import type { Words } from "./mappings.ts";
import type { Text } from "./text.ts";
import { COLOURS } from "./thresholds.ts";

/** What the values of a label are called. */
type Names<Value extends string = string> = Readonly<Record<Value, Text>>;

function checkName(id: CheckId): Text {
  return { vi: `${id} ${checkTexts(id, "vi").title}`, en: `${id} ${checkTexts(id, "en").title}` };
}

/** Of the label `check`: the words of the service's own pages. */
export const CHECK_NAMES = Object.fromEntries(
  CHECK_IDS.map((id) => [id, checkName(id)]),
) as Names<CheckId>;

/** Of the label `owner_type`; one that is not listed is shown as it is. */
export const OWNER_NAMES: Names = {
  ministry: { vi: "Bộ", en: "Ministries" },
  "ministerial-agency": { vi: "Cơ quan ngang bộ", en: "Ministry-level agencies" },
  "government-agency": { vi: "Cơ quan thuộc Chính phủ", en: "Agencies under the Government" },
  province: { vi: "Tỉnh, thành phố", en: "Provinces and cities" },
  national: { vi: "Cấp quốc gia", en: "National" },
  "made-up": { vi: "Dữ liệu bịa để trình diễn", en: "Made up for the demonstration" },
};

/** Of the label `kind` of incidents: the words of the service's own pages. */
export const INCIDENT_NAMES: Names<IncidentKind> = {
  down: { vi: "Ngừng hoạt động", en: "Down" },
  degraded: { vi: "Suy giảm", en: "Degraded" },
  unresolvable: { vi: "Không tra được tên miền", en: "Name can't be resolved" },
  certificate: { vi: "Chứng thư số", en: "Certificate" },
  ipv6_regression: { vi: "Tụt mức IPv6", en: "IPv6 level fell" },
  https_regression: { vi: "Tụt mức HTTPS", en: "HTTPS grade fell" },
  vantage_degraded: { vi: "Nơi đo gặp trục trặc", en: "Vantage point impaired" },
};

/** Words for the cells of a table. */
export function wordsOf(names: Names): Words {
  return new Map(
    Object.entries(names).map(([value, text]) => [value, { text, colour: COLOURS.plain }]),
  );
}
