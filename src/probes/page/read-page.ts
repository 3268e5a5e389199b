import { decodePage } from "./decode-page.ts";
import { PAGE_BODY_LIMIT } from "./limits.ts";
import { PageReader } from "./page-reader.ts";
import type { FetchedPage, ParsedPage } from "./parsed-page.ts";
import { readable } from "./readable.ts";
import { ResourceCollector } from "./resource-urls.ts";
import { maskedUrl } from "./stable-url.ts";
import { walkDocument } from "./walk-document.ts";

/** Characters of a title that are kept, and of a URL. */
const TITLE_LENGTH = 200;
const URL_LENGTH = 2000;

const KIB = 1024;

/**
 * Decodes and parses a page, whatever its bytes are; never rejects because of them. It takes time and memory linear
 * in at most PAGE_BODY_LIMIT bytes, and gives other work of this thread its turn every few milliseconds.
 */
export async function readPage(page: FetchedPage): Promise<ParsedPage> {
  const { contentType, finalUrl, status } = page;
  const body = page.body.subarray(0, PAGE_BODY_LIMIT);
  const cut = page.cut || body.length < page.body.length;
  const { text, encoding, faults } = decodePage(body, contentType, cut);
  const resources = new ResourceCollector(finalUrl);
  for (const policy of page.policies ?? []) resources.readPolicy(policy);
  const reader = new PageReader(resources);
  const stopped = await walkDocument(text, contentType, reader);
  const facts = reader.text.facts();
  const sight = {
    finalUrl: maskedUrl(finalUrl.slice(0, URL_LENGTH)),
    status,
    title: reader.title === null ? null : readable(reader.title, TITLE_LENGTH),
    textDigest: facts.digest,
    textLength: facts.length,
    bodyBytes: Math.ceil(page.body.length / KIB) * KIB,
    cut: cut || stopped,
    encoding,
    encodingFaults: faults,
  };
  return { sight, text: facts, resources: resources.facts() };
}
