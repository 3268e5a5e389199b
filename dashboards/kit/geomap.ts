import {
  type FrameGeometrySource,
  FrameGeometrySourceMode,
  type MapLayerOptions,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type Dashboard,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel as PanelModel,
  type RowPanel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import {
  ControlsOptionsBuilder,
  MapCenterID,
  MapViewConfigBuilder,
  PanelBuilder as GeomapBuilder,
  TooltipMode,
  TooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/geomap";
import { type Panel, type PanelOptions, panelOf } from "./panel.ts";
import { COLOURS } from "./thresholds.ts";

/** What stands for the service's address in a path of a map's files until the files are written. */
const SERVICE = "${service}";

/** What is drawn from the rows of a map's only query. */
interface MapLayer {
  /** Column whose text names the unit. */
  readonly key: string;
  /** Column whose value gives the shade. */
  readonly value: string;
  /** Path of the service: GeoJSON whose features have the key as their id, or a gazetteer of points. */
  readonly file: string;
  readonly draw: "areas" | "points";
}

/** The whole country with its islands, in degrees; the zoom is that of web maps. */
const COUNTRY = { lat: 16, lon: 109, zoom: 5 } as const;

/**
 * A map on the service's own outline: nothing is fetched from anywhere else, and the borders and islands are those of
 * its data. `country` shows all of it, `data` what has a value. Shades of one colour between `min` and `max`: which end is
 * good depends on what is measured.
 */
export function map(
  options: PanelOptions & { readonly layer: MapLayer; readonly view: "country" | "data" },
): Panel {
  const { layer, view } = options;
  return panelOf(options, () =>
    new GeomapBuilder()
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.ContinuousBlues))
      .view(viewOf(view))
      .controls(
        new ControlsOptionsBuilder().showZoom(true).mouseWheelZoom(false).showAttribution(false),
      )
      .basemap(built(OUTLINE))
      .layers([built(layerOf(layer))])
      .tooltip(new TooltipOptionsBuilder().mode(TooltipMode.Details)),
  );
}

/** A model as the builder of its parent takes it. */
function built(model: MapLayerOptions): { build(): MapLayerOptions } {
  return { build: () => model };
}

function viewOf(view: "country" | "data"): MapViewConfigBuilder {
  const builder = new MapViewConfigBuilder();
  return view === "data"
    ? builder.id(MapCenterID.Fit).allLayers(false).layer(DATA_LAYER).padding(10)
    : builder.id(MapCenterID.Coords).lat(COUNTRY.lat).lon(COUNTRY.lon).zoom(COUNTRY.zoom);
}

const fixed = (colour: string, opacity: number) => ({
  color: { fixed: colour },
  opacity,
  lineWidth: 1,
});

/** Any kind of layer can be the lowest one; Grafana's own would fetch tiles from the Internet. */
const OUTLINE: MapLayerOptions = {
  type: "geojson",
  name: "outline",
  config: { src: `${SERVICE}/geo/outline.geojson`, style: fixed(COLOURS.unknown, 0.2), rules: [] },
};

const DATA_LAYER = "units";

function layerOf({ key, value, file, draw }: MapLayer): MapLayerOptions {
  const common = { name: DATA_LAYER, tooltip: true };
  const url = `${SERVICE}${file}`;
  const coloured = { field: value, fixed: COLOURS.unknown };
  if (draw === "areas") {
    const style = fixed(COLOURS.unknown, 0.2);
    const dataStyle = { ...style, color: coloured, opacity: 0.8 };
    const config = { src: url, idField: key, style, dataStyle, rules: [] };
    return { ...common, type: "dynamic-geojson", config };
  }
  const location: FrameGeometrySource = {
    mode: FrameGeometrySourceMode.Lookup,
    lookup: key,
    gazetteer: url,
  };
  const style = { color: coloured, opacity: 0.8, size: { fixed: 6, min: 2, max: 15 } };
  return { ...common, type: "markers", location, config: { style, showLegend: false } };
}

/**
 * The dashboard with the service's address in its maps: Grafana puts variables into the address of a plain GeoJSON
 * layer, but neither into that of one that is coloured by values nor into that of a gazetteer.
 */
export function withMapFiles(dashboard: Dashboard, service: string): Dashboard {
  const { panels = [] } = dashboard;
  return { ...dashboard, panels: panels.map((panel) => resolved(panel, service)) };
}

function resolved<P extends PanelModel | RowPanel>(panel: P, service: string): P {
  if ("panels" in panel) {
    return { ...panel, panels: panel.panels.map((inner) => resolved(inner, service)) };
  }
  if (panel.type !== "geomap") return panel;
  const text = JSON.stringify(panel.options);
  return { ...panel, options: JSON.parse(text.replaceAll(SERVICE, service)) as unknown };
}
