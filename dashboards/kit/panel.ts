import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import {
  type DashboardLink,
  type DataTransformerConfig,
  type DynamicConfigValue,
  type GridPos,
  type Panel as PanelModel,
  type ThresholdsConfig,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { type Link, linksOf } from "./links.ts";
import { mappingsOf, type Words } from "./mappings.ts";
import { DATASOURCE, type Query, targetsOf } from "./query.ts";
import type { Lang, Text } from "./text.ts";
import { type Steps, thresholdsOf } from "./thresholds.ts";

/** A panel of a dashboard before it has a place and a language. */
export interface Panel {
  /** Unique in its dashboard and never used again: links and alerts name it. At least 1. */
  readonly id: number;
  /** In units of Grafana's grid, which is 24 wide; one of height is 30 pixels. */
  readonly width: number;
  readonly height: number;
  readonly build: (lang: Lang, place: GridPos) => PanelModel;
}

/** What differs for one field, or for one query, from what holds for the panel. */
export interface Override {
  /** Name of the field as the reader sees it (per language), or the letter of a query. */
  readonly of: Text | { readonly query: string };
  readonly unit?: string;
  readonly decimals?: number;
  readonly words?: Words;
  readonly thresholds?: Steps;
  readonly links?: readonly Link[];
  /** Settings of the kind of panel, such as `custom.width`. */
  readonly custom?: Readonly<Record<string, unknown>>;
}

/** What every kind of panel takes. */
export interface PanelOptions {
  readonly id: number;
  readonly size: readonly [width: number, height: number];
  readonly title: Text;
  /** What the panel shows, how to read it, and where the value comes from. */
  readonly description: Text;
  readonly queries: readonly Query[];
  /** One of Grafana's units; shares are `percentunit` of 0 to 1, times `s`. */
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly thresholds?: Steps;
  readonly words?: Words;
  readonly links?: readonly Link[];
  /** What stands there while there is nothing to show. */
  readonly noValue?: Text;
  readonly overrides?: readonly Override[];
  /** May name fields per language. */
  readonly transformations?: (lang: Lang) => readonly DataTransformerConfig[];
  /** Shortest step of its lines, where the data change more rarely than they are scraped. */
  readonly interval?: string;
  /** Steps of its lines at most, where one step adds up thousands of series; otherwise one per pixel. */
  readonly points?: number;
}

/** The methods that the builders of all kinds of panel have; the builder's own type is kept. */
interface AnyBuilder {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: DataSourceRef): this;
  gridPos(place: GridPos): this;
  targets(targets: Builder<Dataquery>[]): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  min(min: number): this;
  max(max: number): this;
  mappings(mappings: ValueMapping[]): this;
  thresholds(thresholds: Builder<ThresholdsConfig>): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  noValue(noValue: string): this;
  transformations(transformations: DataTransformerConfig[]): this;
  interval(interval: string): this;
  maxDataPoints(points: number): this;
  overrideByName(name: string, properties: DynamicConfigValue[]): this;
  overrideByQuery(id: string, properties: DynamicConfigValue[]): this;
  build(): PanelModel;
}

const NO_VALUE: Text = { vi: "chưa có số liệu", en: "no data yet" };

/** A panel with what is common to all kinds; `make` adds what its kind has. */
export function panelOf(options: PanelOptions, make: (lang: Lang) => AnyBuilder): Panel {
  const { id, size, title, description, queries, unit } = options;
  const [width, height] = size;
  return {
    id,
    width,
    height,
    build(lang, place) {
      const builder = make(lang)
        .id(id)
        .title(title[lang])
        .description(description[lang])
        .datasource(DATASOURCE)
        .gridPos(place)
        .targets(targetsOf(queries, lang))
        .unit(unit)
        .noValue((options.noValue ?? NO_VALUE)[lang]);
      addChoices(builder, options, lang);
      for (const override of options.overrides ?? []) addOverride(builder, override, lang);
      return builder.build();
    },
  };
}

function addChoices(builder: AnyBuilder, options: PanelOptions, lang: Lang): void {
  const { decimals, min, max, thresholds, words, links, transformations, interval, points } =
    options;
  if (decimals !== undefined) builder.decimals(decimals);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (thresholds) builder.thresholds(thresholdsOf(thresholds));
  if (words) builder.mappings(mappingsOf(words, lang));
  if (links) builder.dataLinks(linksOf(links, lang));
  if (transformations) builder.transformations([...transformations(lang)]);
  if (interval !== undefined) builder.interval(interval);
  if (points !== undefined) builder.maxDataPoints(points);
}

function addOverride(builder: AnyBuilder, override: Override, lang: Lang): void {
  const { of, unit, decimals, words, thresholds, links, custom = {} } = override;
  const properties: DynamicConfigValue[] = [];
  const set = (id: string, value: unknown) => properties.push({ id, value });
  if (unit !== undefined) set("unit", unit);
  if (decimals !== undefined) set("decimals", decimals);
  if (words) set("mappings", mappingsOf(words, lang));
  if (thresholds) set("thresholds", thresholdsOf(thresholds).build());
  if (links) {
    set(
      "links",
      linksOf(links, lang).map((link) => link.build()),
    );
  }
  for (const [id, value] of Object.entries(custom)) set(id, value);
  if ("query" in of) builder.overrideByQuery(of.query, properties);
  else builder.overrideByName(of[lang], properties);
}
