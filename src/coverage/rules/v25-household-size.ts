import { denominatorSeries } from "./series.ts";
import { isCount } from "./figure-view.ts";
import type { Finding } from "./finding.ts";
import type { RowContext, RowRule } from "./rule.ts";
import type { RowView } from "./row-view.ts";

const FEWEST_PERSONS = 2;
const MOST_PERSONS = 7;

/** The smallest commune of the reform papers has 139 inhabitants (đặc khu Cồn Cỏ): fewer than this is a slip. */
const SMALLEST_COMMUNE = 100;

/** V25: households and population fit each other, and a commune has people. */
export const v25: RowRule = {
  id: "V25",
  needsPlace: false,
  judge: (view, context) => {
    const households = countOf("households", view, context);
    const population = countOf("population", view, context);
    if (population === null || !isCount(population) || population === 0) return [];
    if (view.row.place.level === "commune" && population < SMALLEST_COMMUNE) {
      return [hold(view, context, { code: "too_few_people", population }, population)];
    }
    if (households === null || !isCount(households) || households === 0) return [];
    const persons = population / households;
    if (persons >= FEWEST_PERSONS && persons <= MOST_PERSONS) return [];
    const rounded = Number(persons.toPrecision(2));
    const detail = { code: "household_size", households, population, persons: rounded };
    return [hold(view, context, detail, population)];
  },
};

/** How many there are of a kind, by the row itself or by another one of the same unit and day. */
function countOf(kind: string, view: RowView, { file }: RowContext): number | null {
  const own = view.row.denominators[kind] ?? fromFigures(kind, view);
  if (own !== undefined) return own;
  const { place, asOf } = view;
  if (!place.certain || place.unit === null || asOf === null) return null;
  const found = file.table.first({ series: denominatorSeries(kind), unitId: place.unit.id, asOf });
  return found?.value.numerator ?? null;
}

function fromFigures(kind: string, { figures }: RowView): number | undefined {
  const found = figures.find(
    ({ indicator, value }) => indicator?.denominatorKind === kind && value?.denominator != null,
  );
  return found?.value?.denominator ?? undefined;
}

function hold(
  view: RowView,
  { scene }: RowContext,
  detail: Finding["detail"],
  population: number,
): Finding {
  const column = scene.headerOf(view.row.sheet, "denominator:population");
  return { severity: "hold", column, value: population, detail };
}
