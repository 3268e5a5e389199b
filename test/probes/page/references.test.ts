import { describe, expect, test } from "vitest";
import { srcsetUrls } from "../../../src/probes/page/srcset.ts";
import { hostsOf, pageOf } from "./support.ts";

const FONT = "@font-face{font-family:x;src:url(https://f.vn/a.woff2),url('https://f.vn/a.ttf')}";
const TWO_IMAGES = { "a.vn": "1 img", "b.vn": "1 img" };
const VIDEO = { "a.vn": "2 video", "b.vn": "1 track" };
const FONTS = { "a.vn": "1 img", "f.vn": "2 font" };

describe("what an element makes a browser load", () => {
  test.each([
    [`<script src="//a.vn/x.js"></script>`, { "a.vn": "1 script" }],
    [`<script type="module" src="//a.vn/x.js"></script>`, { "a.vn": "1 script" }],
    [`<script type="text/template" src="//a.vn/x"></script>`, {}],
    [`<link rel="StyleSheet" href="//a.vn/x.css">`, { "a.vn": "1 stylesheet" }],
    [`<link rel="stylesheet" disabled href="//a.vn/x.css">`, {}],
    [`<link rel="shortcut icon" href="//a.vn/f.ico">`, { "a.vn": "1 icon" }],
    [`<link rel="preload" as="font" href="//a.vn/f.woff2">`, { "a.vn": "1 font" }],
    [`<link rel="preload" as="fetch" href="//a.vn/d.json">`, { "a.vn": "1 preload" }],
    [`<link rel="modulepreload" href="//a.vn/m.js">`, { "a.vn": "1 script" }],
    [`<link rel="preload" as="image" imagesrcset="//a.vn/1 1x, //b.vn/2 2x">`, TWO_IMAGES],
    [`<link rel="dns-prefetch preconnect" href="//a.vn">`, {}],
    [`<link rel="prefetch" href="//a.vn/next">`, {}],
    [`<link rel="canonical" href="//a.vn/">`, {}],
    [`<img src="//a.vn/1" srcset="//b.vn/2 2x">`, TWO_IMAGES],
    [`<image src="//a.vn/1">`, { "a.vn": "1 img" }],
    [`<picture><source srcset="//a.vn/1 1x, //a.vn/2 2x"></picture>`, { "a.vn": "2 source" }],
    [`<video src="//a.vn/v" poster="//a.vn/p"><track src="//b.vn/t">`, VIDEO],
    [`<audio src="//a.vn/v"></audio>`, { "a.vn": "1 audio" }],
    [`<iframe src="//a.vn/map"></iframe>`, { "a.vn": "1 iframe" }],
    [`<iframe srcdoc="x" src="//a.vn/map"></iframe>`, {}],
    [`<frameset><frame src="//a.vn/menu"></frameset>`, { "a.vn": "1 iframe" }],
    [`<embed src="//a.vn/e"><object data="//a.vn/o"></object>`, { "a.vn": "2 embed object" }],
    [`<input type="IMAGE" src="//a.vn/go.gif"><input src="//b.vn/no">`, { "a.vn": "1 img" }],
    [`<table background="//a.vn/b.gif">`, { "a.vn": "1 img" }],
    [`<svg><image xlink:href="//a.vn/i"/><use href="#local"/></svg>`, { "a.vn": "1 img" }],
    [`<style>@import "//a.vn/1"; @import url(//a.vn/2);</style>`, { "a.vn": "2 stylesheet" }],
    [`<style>${FONT}p{background:url("//a.vn/b")}</style>`, FONTS],
    [`<style>/* url(//a.vn/x) */ p{} /* unclosed url(//a.vn/y)</style>`, {}],
    [`<p style="background: url('//a.vn/b.png')">`, { "a.vn": "1 img" }],
    [`<a href="//a.vn/">link</a><form action="//a.vn/">`, {}],
    [`<template><img src="//a.vn/x"></template><img src="//b.vn/y">`, { "b.vn": "1 img" }],
    [`<noscript><img src="//a.vn/x"></noscript>`, {}],
    [`<!-- <img src="//a.vn/x"> -->`, {}],
    [`<script>document.write('<img src="//a.vn/x">')</script>`, {}],
  ])("is seen in %s", async (html, hosts) => {
    expect(hostsOf(await pageOf(html))).toEqual(hosts);
  });
});

describe("the candidates of a srcset", () => {
  test.each([
    ["a.jpg", ["a.jpg"]],
    ["a.jpg 1x, b.jpg 2x", ["a.jpg", "b.jpg"]],
    ["a.jpg, b.jpg 2x", ["a.jpg", "b.jpg"]],
    [" ,, a.jpg 100w ,b.jpg", ["a.jpg", "b.jpg"]],
    ["a,b.jpg 1x", ["a,b.jpg"]],
    ["data:image/png;base64,AA== 1x, b.jpg 2x", ["data:image/png;base64,AA==", "b.jpg"]],
    ["a.jpg (1,2) 1x, b.jpg", ["a.jpg", "b.jpg"]],
    ["a.jpg (, b.jpg", ["a.jpg"]],
    ["", []],
    [",", []],
  ])("of %j are all told", (value, urls) => {
    expect([...srcsetUrls(value)]).toEqual(urls);
  });
});
