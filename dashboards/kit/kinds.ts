import { PanelBuilder as BarGaugeBuilder } from "@grafana/grafana-foundation-sdk/bargauge";
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TableSortByFieldStateBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StateTimelineBuilder } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { type Panel, type PanelOptions, panelOf } from "./panel.ts";
import type { Text } from "./text.ts";

/** The last value of each series. */
const LAST = () => new ReduceDataOptionsBuilder().calcs(["lastNotNull"]);

/**
 * One big value, or a few side by side; `colour` fills the tile or the digits by the thresholds. `show: "name"` writes
 * the name of each series in place of its value.
 */
export function stat(
  options: PanelOptions & {
    readonly colour?: "tile" | "digits" | "none";
    readonly line?: boolean;
    readonly show?: "value" | "name";
  },
): Panel {
  const { colour = "digits", line = false, show = "value" } = options;
  const mode = {
    tile: BigValueColorMode.Background,
    digits: BigValueColorMode.Value,
    none: BigValueColorMode.None,
  }[colour];
  return panelOf(options, () =>
    new StatBuilder()
      .reduceOptions(LAST())
      .colorMode(mode)
      .graphMode(line ? BigValueGraphMode.Area : BigValueGraphMode.None)
      .textMode(show === "name" ? BigValueTextMode.Name : BigValueTextMode.Auto),
  );
}

/** Bars beside each other, the longest first where the query sorts them. */
export function bars(options: PanelOptions): Panel {
  return panelOf(options, () =>
    new BarGaugeBuilder()
      .reduceOptions(LAST())
      .orientation(VizOrientation.Horizontal)
      .displayMode(BarGaugeDisplayMode.Basic)
      .showUnfilled(true),
  );
}

/** Lines over time; stacked where their sum means something. */
export function lines(
  options: PanelOptions & {
    readonly stacked?: boolean;
    readonly legend?: "list" | "table" | "none";
  },
): Panel {
  const { stacked = false, legend = "list" } = options;
  const mode = {
    list: LegendDisplayMode.List,
    table: LegendDisplayMode.Table,
    none: LegendDisplayMode.Hidden,
  };
  return panelOf(options, () =>
    new TimeSeriesBuilder()
      .fillOpacity(stacked ? 60 : 0)
      .lineWidth(stacked ? 0 : 2)
      .showPoints(VisibilityMode.Never)
      .stacking(new StackingConfigBuilder().mode(stacked ? StackingMode.Normal : StackingMode.None))
      .legend(
        new VizLegendOptionsBuilder()
          .displayMode(mode[legend])
          .showLegend(legend !== "none")
          .placement(LegendPlacement.Bottom)
          .calcs(legend === "table" ? ["lastNotNull", "min", "max"] : []),
      )
      .tooltip(
        new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
      ),
  );
}

/** A strip per series, coloured by words; in pages of twenty. */
export function timeline(options: PanelOptions): Panel {
  return panelOf(options, () =>
    new StateTimelineBuilder()
      .mergeValues(true)
      .showValue(VisibilityMode.Never)
      .rowHeight(0.8)
      .perPage(20)
      .legend(
        new VizLegendOptionsBuilder()
          .displayMode(LegendDisplayMode.List)
          .showLegend(true)
          .placement(LegendPlacement.Bottom)
          .calcs([]),
      ),
  );
}

/** Rows and columns; `sortBy` is a column as the reader sees it. */
export function table(
  options: PanelOptions & {
    readonly sortBy?: { readonly column: Text; readonly descending?: boolean };
  },
): Panel {
  const { sortBy } = options;
  return panelOf(options, (lang) => {
    // A code such as 01 is text: with the unit of the panel, cells and links would have the number 1.
    const builder = new TableBuilder()
      .filterable(true)
      .overrideByFieldType("string", [{ id: "unit", value: "string" }]);
    if (sortBy) {
      builder.sortBy([
        new TableSortByFieldStateBuilder()
          .displayName(sortBy.column[lang])
          .desc(sortBy.descending ?? false),
      ]);
    }
    return builder;
  });
}
