/** Settings of a column whose cells take the colour of their value: `custom` of an override. */
export const COLOURED_CELL = {
  "custom.cellOptions": { type: "color-background", mode: "basic" },
} as const;

/** Settings of a column that keeps to this many pixels. */
export function wide(pixels: number): Readonly<Record<string, unknown>> {
  return { "custom.width": pixels };
}
