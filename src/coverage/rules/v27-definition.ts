import { findingsOf } from "./findings-of.ts";
import { isKnownOperator } from "./series.ts";
import type { FigureView } from "./figure-view.ts";
import type { Finding } from "./finding.ts";
import type { FileRule, RowRule } from "./rule.ts";
import type { RowView } from "./row-view.ts";
import type { Scene } from "./scene.ts";

/** From coarse to fine: an indicator is given for its lowest level or a coarser one. */
const FINENESS = { country: 0, province: 1, commune: 2 };

/** V27: the figure is of the definition in force on its day, says how it came about, and is of a known operator. */
export const v27: RowRule = {
  id: "V27",
  needsPlace: false,
  judge: (view, { scene }) =>
    findingsOf(view.figures, (figure) => judgeFigure(figure, view, scene)),
};

/** V27 of a file: neither any of its figures nor the person who imports says how they came about. */
export const v27File: FileRule = {
  id: "V27",
  judge: ({ statesFigures, statesBasis }, { settings }) =>
    !statesFigures || statesBasis || settings.basis !== null
      ? []
      : [{ severity: "reject_file", detail: { code: "file_without_basis" } }],
};

function judgeFigure(figure: FigureView, view: RowView, scene: Scene): readonly Finding[] {
  const { stated, indicator, basis } = figure;
  const told = (code: string, facts: Finding["detail"] | object = {}): Finding => ({
    severity: "reject_row",
    column: stated.columns.numerator ?? stated.columns.ratio,
    value: stated.numerator,
    detail: { code, indicator: stated.indicator, ...facts },
  });
  const found: Finding[] = [];
  if (basis === null) found.push(told("no_basis"));
  if (!isKnownOperator(stated.operator, scene)) {
    found.push(told("unknown_operator", { operator: stated.operator }));
  }
  const { asOf } = view;
  if (asOf === null) return found;
  if (indicator === null) {
    const known = scene.register.indicators.filter(({ code }) => code === stated.indicator);
    const [from = null] = known.map(({ validFrom }) => validFrom).toSorted();
    found.push(told(known.length > 0 ? "not_in_force" : "unknown_indicator", { day: asOf, from }));
    return found;
  }
  if (stated.version !== null && stated.version !== indicator.version) {
    const { version } = indicator;
    found.push(told("other_version", { day: asOf, stated: stated.version, in_force: version }));
  }
  if (FINENESS[view.row.place.level] > FINENESS[indicator.lowestLevel]) {
    found.push(told("too_fine", { lowest_level: indicator.lowestLevel }));
  }
  return found;
}
