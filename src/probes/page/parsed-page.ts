import type { PageSight } from "../../domain/audit/page.ts";
import type { TextFacts } from "./page-text.ts";
import type { ResourceUrls } from "./resource-urls.ts";

/** A page as it was fetched. */
export interface FetchedPage {
  /** After decompression; what lies beyond PAGE_BODY_LIMIT is not looked at. */
  readonly body: Buffer;
  readonly contentType: string;
  /** Absolute. */
  readonly finalUrl: string;
  readonly status: number;
  /** Whether the body goes on beyond what is given. */
  readonly cut: boolean;
  /** Lines of Content-Security-Policy of the answer; default none. */
  readonly policies?: readonly string[];
}

/** A page reduced to what is kept of it and what it can be compared by. */
export interface ParsedPage {
  readonly sight: PageSight;
  readonly text: TextFacts;
  readonly resources: ResourceUrls;
}

/** The landing page over both families, and once more over IPv4. */
export interface ParsedPages {
  readonly ip4: ParsedPage;
  readonly ip4Again: ParsedPage;
  readonly ip6: ParsedPage;
}
