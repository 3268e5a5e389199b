import type { AppServer } from "../http/support/app-server.ts";

/** A page as it was sent, and its text without tags. */
export interface ReadPage {
  readonly response: Response;
  readonly source: string;
  readonly text: string;
}

/** Asks for a page, with a key or without. */
export async function readPage(app: AppServer, path: string, key?: string): Promise<ReadPage> {
  const response = await app.request(path, key === undefined ? {} : { key });
  const source = await response.text();
  return { response, source, text: textOf(source) };
}

/** What people read of a page's source. */
export function textOf(source: string): string {
  return source
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Addresses that a page links to, as a browser would follow them. */
export function linksOf(source: string): string[] {
  return [...source.matchAll(/\shref="([^"]*)"/g)].map(([, link]) =>
    (link ?? "").replaceAll("&amp;", "&"),
  );
}
