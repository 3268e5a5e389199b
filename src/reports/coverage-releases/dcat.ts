import type { OpenDataCatalogue, OpenDataFile, OpenDataset } from "./open-data.ts";

const CONTEXT = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  spdx: "http://spdx.org/rdf/terms#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

/** The country, in the list that DCAT application profiles use. */
const VIET_NAM = "http://publications.europa.eu/resource/authority/country/VNM";

/** Languages by their Library of Congress addresses, as DCAT 3 section 6.4.6 advises. */
const LANGUAGES = ["vi", "en"].map((code) => ({
  "@id": `http://id.loc.gov/vocabulary/iso639-1/${code}`,
}));

const IANA = "https://www.iana.org/assignments/media-types/";

/** The catalogue as JSON-LD in the words of DCAT 3 (W3C, 2024): a dataset per release, a distribution per file. */
export function toDcat({ url, attribution, datasets }: OpenDataCatalogue): object {
  return {
    "@context": CONTEXT,
    "@id": `${url}/open-data.jsonld`,
    "@type": "dcat:Catalog",
    "dct:title": both("Số liệu phủ sóng, phủ mạng", "Coverage figures"),
    "dct:description": both(
      `Các bản công bố hằng quý, giữ nguyên sau khi công bố. ${attribution}`,
      `Quarterly releases, which stay as they were published. ${attribution}`,
    ),
    "dct:publisher": publisher(url),
    "dct:language": LANGUAGES,
    "dct:spatial": { "@id": VIET_NAM },
    "foaf:homepage": { "@id": `${url}/` },
    "dcat:dataset": datasets.map((dataset) => datasetOf(url, dataset)),
    "dcat:service": {
      "@id": `${url}/api/v1/coverage/releases`,
      "@type": "dcat:DataService",
      "dct:title": both("API các bản công bố", "API of the releases"),
      "dcat:endpointURL": { "@id": `${url}/api/v1/coverage/releases` },
      "dcat:endpointDescription": { "@id": `${url}/openapi.json` },
    },
  };
}

function datasetOf(base: string, dataset: OpenDataset): object {
  const { release, url, indicators } = dataset;
  const mark = release.made_up ? { vi: "SỐ LIỆU GIẢ ĐỊNH. ", en: "MADE UP. " } : { vi: "", en: "" };
  return {
    "@id": url,
    "@type": "dcat:Dataset",
    "dct:identifier": release.code,
    "dct:title": both(
      `${mark.vi}Số liệu phủ sóng, phủ mạng ${release.code}`,
      `${mark.en}Coverage figures ${release.code}`,
    ),
    "dct:description": both(
      `${mark.vi}Số liệu đến ngày ${release.as_of}. ${release.note_vi ?? ""}`.trim(),
      `${mark.en}Figures as of ${release.as_of}. ${release.note_en ?? ""}`.trim(),
    ),
    "dct:issued": { "@type": "xsd:dateTime", "@value": release.published_at },
    "dct:publisher": publisher(base),
    "dct:license": { "@id": release.licence },
    "dct:language": LANGUAGES,
    "dct:spatial": { "@id": VIET_NAM },
    "dct:temporal": {
      "@type": "dct:PeriodOfTime",
      "dcat:startDate": { "@type": "xsd:date", "@value": dataset.from },
      "dcat:endDate": { "@type": "xsd:date", "@value": dataset.until },
    },
    "dct:conformsTo": indicators.map((each) => ({
      "@type": "dct:Standard",
      "dct:identifier": `${each.code} ${each.version}`,
      "dct:title": both(each.name_vi, each.name_en),
      "foaf:page": { "@id": `${base}/api/v1/coverage/indicators` },
    })),
    "dcat:landingPage": { "@id": `${base}/open-data` },
    "dcat:distribution": dataset.files.map((file) => distributionOf(dataset, file)),
  };
}

function distributionOf({ release, url }: OpenDataset, file: OpenDataFile): object {
  return {
    "@id": `${url}#${file.name}`,
    "@type": "dcat:Distribution",
    "dct:title": both(file.title_vi, file.title_en),
    "dct:issued": { "@type": "xsd:dateTime", "@value": release.published_at },
    "dct:license": { "@id": release.licence },
    "dcat:accessURL": { "@id": file.url },
    "dcat:downloadURL": { "@id": file.url },
    "dcat:mediaType": { "@id": `${IANA}${file.media_type}` },
    ...(file.sha256 === null
      ? {}
      : {
          "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
            "spdx:checksumValue": { "@type": "xsd:hexBinary", "@value": file.sha256 },
          },
        }),
  };
}

function publisher(base: string): object {
  return { "@type": "foaf:Agent", "foaf:name": "hatangso", "foaf:homepage": { "@id": `${base}/` } };
}

function both(vi: string, en: string): readonly object[] {
  return [
    { "@language": "vi", "@value": vi },
    { "@language": "en", "@value": en },
  ];
}
