import { createRequire } from "node:module";
import { join } from "node:path";

/** The parts of `@grafana/data` that are used here, which is no dependency of ours. */
export interface GrafanaData {
  readonly transformDataFrame: (
    transformations: readonly object[],
    frames: readonly Frame[],
  ) => {
    subscribe: (observer: {
      next: (frames: Frame[]) => void;
      error: (error: unknown) => void;
    }) => unknown;
  };
  readonly applyFieldOverrides: (options: object) => Frame[];
  readonly getFieldDisplayName: (field: Field, frame: Frame, frames: readonly Frame[]) => string;
  readonly getFieldDisplayValuesProxy: (options: {
    frame: Frame;
    rowIndex: number;
  }) => Record<string, unknown>;
  readonly formattedValueToString: (value: object) => string;
  readonly getValueFormats: () => readonly ValueFormats[];
  readonly createTheme: () => object;
  readonly standardTransformers: Readonly<Record<string, { id: string; name: string }>>;
  readonly standardTransformersRegistry: { setInit: (init: () => object[]) => void };
  readonly standardFieldConfigEditorRegistry: { setInit: (init: () => object[]) => void };
  readonly locationUtil: { initialize: (dependencies: object) => void };
}

interface ValueFormats {
  readonly text: string;
  readonly submenu: readonly { readonly text: string; readonly value: string }[];
}

/** A column of values, or the values of a series over time. */
export interface Field {
  readonly name: string;
  readonly type: "time" | "string" | "number";
  readonly config: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly values: readonly unknown[];
  readonly display?: (value: unknown) => object;
  readonly getLinks?: (config: {
    valueRowIndex?: number;
  }) => readonly { href: string; title: string }[];
}

/** A table, or one series over time. */
export interface Frame {
  readonly refId: string;
  readonly fields: readonly Field[];
  readonly length: number;
}

/** What a browser has and the library asks for while it is loaded. */
const BROWSER = [
  "document",
  "navigator",
  "localStorage",
  "Element",
  "HTMLElement",
  "Node",
  "DOMParser",
];

/** Field options that Grafana knows without any kind of panel; their values go in as they are written. */
const OPTIONS =
  "unit min max decimals displayName noValue links mappings thresholds color filterable".split(" ");

/** Loads the library, with a browser's window around it, from the folder that it is installed in. */
export function loadGrafanaData(folder: string): GrafanaData {
  const load = createRequire(join(folder, "package.json"));
  const { JSDOM } = load("jsdom") as {
    JSDOM: new (html: string, options: object) => { window: object };
  };
  const { window } = new JSDOM("", { url: "http://localhost:3000/" });
  const parts = BROWSER.map((name) => [name, window[name as keyof typeof window]] as const);
  for (const [name, value] of [["window", window] as const, ...parts])
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const data = load("@grafana/data") as GrafanaData;
  prepare(data);
  return data;
}

/** What Grafana's own start does: makes its transformations and field options known, and says where it is. */
function prepare(data: GrafanaData): void {
  // One of them is there under two names.
  const known = [...new Set(Object.values(data.standardTransformers))].map((transformer) => ({
    ...transformer,
    transformation: () => Promise.resolve(transformer),
  }));
  data.standardTransformersRegistry.setInit(() => known);
  data.standardFieldConfigEditorRegistry.setInit(() =>
    OPTIONS.map((id) => ({
      id,
      path: id,
      name: id,
      process: (value: unknown) => value,
      shouldApply: () => true,
    })),
  );
  data.locationUtil.initialize({
    config: { appSubUrl: "" },
    getVariablesUrlParams: () => ({}),
    getTimeRangeForUrl: () => ({ from: "now-6h", to: "now" }),
  });
}

/** Ids of every unit that Grafana has. */
export function unitIds(data: GrafanaData): Set<string> {
  return new Set(
    data.getValueFormats().flatMap(({ submenu }) => submenu.map(({ value }) => value)),
  );
}
