// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Opens pages of the site of the documentation from a folder: nothing asked of others, nothing on the console, no scrolling sideways, search.
//   node docs.mjs MODULES CHROMIUM SITE    (MODULES: where node_modules lies)
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, executablePath, site] = process.argv.slice(2);
const { chromium } = createRequire(path.join(modules, "package.json"))("playwright-core");
const faults = [];
const expect = (good, what) => good || faults.push(what);
const address = (name) => pathToFileURL(path.join(site, name)).href;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]]) {
  const page = await (await browser.newContext({ viewport: { width, height: 900 }, colorScheme })).newPage();
  page.on("console", (message) => faults.push(`${page.url()}: the console says ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => expect(/^(file|data|blob):/.test(request.url()), `${page.url()}: asks for ${request.url()}`));
  for (const name of ["index.html", "gallery.html", "notebooks/ten_lines.html", "site/reference.html", "flags.html", "quantities.html"]) {
    await page.goto(address(name));
    expect((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${name}: scrolls sideways at ${width} px`);
    const broken = await page.$$eval("img", (all) => all.filter((image) => image.complete && !image.naturalWidth).map((image) => image.src));
    expect(!broken.length, `${name}: no picture at ${broken}`);
  }
  if (width === 1280) {
    await page.click("input.md-search__input");
    await page.keyboard.type("tortuosity");
    await page.waitForSelector(".md-search-result__item", { timeout: 20000 }).catch(() => faults.push("the search finds nothing"));
  }
}
await browser.close();
console.log(faults.join("\n"));
process.exit(faults.length ? 1 : 0);
