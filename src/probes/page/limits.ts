/**
 * Bytes of a landing page that are read, after decompression: 1 MiB, twice what internet.nl compares. Parsing that much
 * costs about a quarter of a second of processor time, in slices; portals with inline images stay below it.
 */
export const PAGE_BODY_LIMIT = 1024 * 1024;

/** Characters that are parsed between two turns of the event loop: a few milliseconds' worth. */
export const SLICE_CHARACTERS = 16 * 1024;

/** Words of a page that take part in the comparison, several times what the longest landing pages have. */
export const COMPARED_WORDS = 50_000;

/** Distinct URLs of sub-resources that are counted on one page. */
export const URL_LIMIT = 10_000;

/** References that are looked at on one page, repeated ones included; resolving one takes about two microseconds. */
export const REFERENCE_LIMIT = 20_000;
