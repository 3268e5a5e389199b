import { html } from "hono/html";
import { quarterName, isQuarterEnd } from "../../domain/coverage/quarter.ts";
import { hiddenField, type Option } from "../compliance/form-fields.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { choiceField } from "./fields.ts";
import { MAP_LEVELS, type MapView, type ShownIndicator } from "./map-view.ts";
import { MAP_WORDS } from "./map-words.ts";
import { targetName } from "./target-text.ts";
import { FIGURE_WORDS } from "./words.ts";

/** The question, as plain query parameters. */
export function mapForm(view: MapView): Html {
  const { lang, choices, indicator, query, asOf, level, province, held } = view;
  const words = MAP_WORDS[lang];
  const { levels, show } = FIGURE_WORDS[lang];
  return html`<form class="filter-form" method="get" action="${COVERAGE_PATHS.map}">
    ${hiddenField("lang", lang)} ${indicatorField(choices.indicators, indicator.code, lang)}
    ${choiceField({
      name: "at",
      label: words.fields.at,
      chosen: query.at ?? asOf,
      groups: [
        { label: words.days, options: dayOptions(indicator.days, lang) },
        {
          label: words.releases,
          options: choices.releases.map(({ code }) => ({ value: code, text: code })),
        },
      ],
    })}
    ${choiceField({
      name: "level",
      label: words.fields.level,
      chosen: level,
      groups: [
        { label: "", options: MAP_LEVELS.map((each) => ({ value: each, text: levels[each] })) },
      ],
    })}
    ${choiceField({
      name: "province",
      label: words.fields.province,
      chosen: province?.code,
      none: words.wholeCountry,
      groups: [{ label: "", options: provinceOptions(choices.provinces) }],
    })}
    ${choiceField({
      name: "target",
      label: words.fields.target,
      chosen: held?.target.code,
      ...(choices.targets.length === 0 ? { none: words.noTarget } : {}),
      groups: [
        {
          label: "",
          options: choices.targets.map((each) => ({
            value: each.code,
            text: targetName(each, lang),
          })),
        },
      ],
    })}
    <div class="field actions"><button class="main-button">${show}</button></div>
  </form>`;
}

/** Indicators, those with figures first. */
function indicatorField(
  indicators: readonly ShownIndicator[],
  chosen: string | undefined,
  lang: Lang,
): Html {
  const words = MAP_WORDS[lang];
  const options = (withFigures: boolean): Option[] =>
    indicators
      .filter(({ days }) => days.length > 0 === withFigures)
      .map((each) => ({
        value: each.code,
        text: lang === "vi" ? each.name_vi : each.name_en,
      }));
  return choiceField({
    name: "indicator",
    label: words.fields.indicator,
    chosen,
    groups: [
      { label: words.withFigures, options: options(true) },
      { label: words.withoutFigures, options: options(false) },
    ],
  });
}

/** Provinces as they are told in a list, by name. */
export function provinceOptions(
  provinces: readonly { readonly code: string; readonly name_vi: string }[],
): Option[] {
  return provinces
    .map(({ code, name_vi: text }) => ({ value: code, text }))
    .toSorted((one, other) => one.text.localeCompare(other.text, "vi"));
}

function dayOptions(days: readonly string[], lang: Lang): Option[] {
  return days.map((day) => ({
    value: day,
    text: isQuarterEnd(day) ? `${dayText(day, lang)} (${quarterName(day)})` : dayText(day, lang),
  }));
}
