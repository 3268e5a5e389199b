import { checkTexts } from "../../src/catalogue/index.ts";
import { CHECK_IDS, type CheckId } from "../../src/domain/finding.ts";
import type { IncidentKind } from "../../src/domain/incident/kinds.ts";
import type { SubjectType } from "../../src/domain/incident/subject.ts";
import { KIND_WORDS, type KindWords } from "../../src/catalogue/incident-words.ts";
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
export const INCIDENT_NAMES: Names<IncidentKind> = bothOf("kinds");

/** Of the label `cause` of common causes: the words of the service's own pages. */
export const CAUSE_NAMES: Names<SubjectType> = bothOf("subjects");

/** The service's words for something of incidents, in both languages. */
function bothOf<Part extends "kinds" | "subjects">(
  part: Part,
): Names<keyof KindWords[Part] & string> {
  const entries = Object.entries(KIND_WORDS.vi[part]).map(([value, vi]) => {
    const en = (KIND_WORDS.en[part] as Readonly<Record<string, string>>)[value] ?? value;
    return [value, { vi, en }];
  });
  return Object.fromEntries(entries);
}

/** Words for the cells of a table. */
export function wordsOf(names: Names): Words {
  return new Map(
    Object.entries(names).map(([value, text]) => [value, { text, colour: COLOURS.plain }]),
  );
}
