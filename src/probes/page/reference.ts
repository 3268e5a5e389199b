/** One URL that an element makes a browser load, as it is written. */
export interface Reference {
  /** Name of the element, except `stylesheet`, `font`, `icon`, `preload` and what a preload says that it is. */
  readonly kind: string;
  readonly url: string;
}
