import type { Lang } from "../lang.ts";
import type { ShownIndicator } from "./map-view.ts";

/** The name of an indicator, or its code where the register of today has none. */
export function indicatorName(
  indicators: readonly ShownIndicator[],
  code: string,
  lang: Lang,
): string {
  const found = indicators.find((each) => each.code === code);
  return (lang === "vi" ? found?.name_vi : found?.name_en) ?? code;
}
