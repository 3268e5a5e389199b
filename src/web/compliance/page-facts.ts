import type { Choice } from "../../reports/compliance-choices.ts";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import type { Lang } from "../lang.ts";
import type { FooterFacts } from "../page-footer.ts";

/** What every page about compliance is told beside what it is about. */
export interface PageFacts extends FooterFacts {
  /** The day of the report, `YYYY-MM-DD` in its zone. */
  readonly day: string;
  readonly vantage: { readonly name: string; readonly country: string | null };
  readonly madeUp: boolean;
}

/** What forms about compliance offer. */
export interface FormChoices {
  readonly agencies: readonly Choice[];
  readonly provinces: readonly Choice[];
  /** Requirements that this reader may ask about. */
  readonly requirements: readonly RequirementRow[];
}

/** How days and names are told. */
export interface Style {
  readonly lang: Lang;
  readonly timezone: string;
}
