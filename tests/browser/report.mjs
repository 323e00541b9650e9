// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Opens the pages of runs from files, as a reader would, and looks at what they do.
//   node report.mjs MODULES CHROMIUM FOLDER...    (MODULES: where node_modules lies; result folders with report.html)
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, executablePath, ...folders] = process.argv.slice(2);
const require = createRequire(path.join(modules, "package.json"));
const { chromium } = require("playwright-core"), axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
const expect = (good, what) => good || faults.push(what);

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
async function open(folder, { width = 1280, colorScheme = "light", ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, ...more }), page = await context.newPage();
  const where = `${path.basename(folder)} at ${width} px, ${colorScheme}`;
  page.on("console", (message) => faults.push(`${where}: the console says ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${where}: ${error.message}`));
  page.on("request", (request) => expect(/^(file|data|blob):/.test(request.url()), `${where}: asks for ${request.url()}`));
  await page.goto(pathToFileURL(path.join(folder, "report.html")).href);
  await page.waitForFunction(() => [...document.querySelectorAll(".plot[id]")].every((plot) => plot.firstChild));
  return { page, context, where };
}

/// A number of the page as the digits that it has: "1.33 × 10⁻¹²" → [1.33e-12, its last digit]
function read_number(text) {
  const plain = text.replace(/[\u202f\u00a0\s]/g, "").replaceAll("−", "-").replace("%", "").replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) => "e" + [...power].map((c) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)]).join(""));
  if (!/^-?[\d.]+(e-?\d+)?$/.test(plain)) return null;
  const decimals = (plain.split("e")[0].split(".")[1] ?? "").length, exponent = +(plain.split("e")[1] ?? 0);
  return { value: +plain, step: 10 ** (exponent - decimals) };
}
/// The places of result.json that a key of the table may mean.
function values_of(result, key, axis) {
  const [property, ...rest] = key.split("."), last = rest.join("."), dig = (object, words) => words.reduce((o, word) => o?.[word], object);
  if (property === "porosity") return [last === "total" ? result.result.porosity.total : result.result.porosity.connected[axis]];
  if (property === "percolation" && !axis) return [[].concat(result.result.percolation[last])[0]];
  if (property === "mean_chord_voxels") return ["diffusivity", "permeability"].flatMap((p) => [result.result[p]?.[axis]?.[property], result.result[p]?.solves?.[axis]?.[property]]);
  if (rest[0] === "summary") return [dig(result.summary[property]?.[axis], rest.slice(1))];
  const from = result.result[property], i = "xyz".indexOf(axis), tensor = from?.[{ relative: "tensor", permeability_md: "tensor_md", permeability_m2: "tensor_m2", permeability_voxel2: "tensor_voxel2" }[last]];
  return [dig(from?.[axis], rest), dig(from, rest), dig(from?.solves?.[axis], rest), dig(from?.[last], [axis]), tensor?.[i]?.[i]];
}
async function numbers_equal_result(page, where, folder) {
  const result = JSON.parse(fs.readFileSync(path.join(folder, "result.json"), "utf8"));
  const rows = await page.$$eval("tr[data-key]", (all) => all.map((row) => ({ key: row.dataset.key, cells: [...row.querySelectorAll("td")].slice(0, -2).map((cell) => cell.textContent), unit: row.querySelector(".unit-column").textContent, whole: !!row.querySelector("td[colspan]") })));
  let compared = 0;
  const micrometres = { "µm": 1e6, "1/µm": 1e-6, "1/µm²": 1e-12, "1/µm³": 1e-18 };
  for (const { key, cells, whole, unit } of rows)
    cells.forEach((text, i) => {
      const shown = read_number(text);
      if (!shown) return;
      const factor = text.includes("%") ? 100 : micrometres[unit] ?? 1, candidates = values_of(result, key, whole ? null : "xyz"[i]).filter((v) => typeof v === "number");
      compared++;
      expect(candidates.some((value) => Math.abs(value * factor - shown.value) <= shown.step * 0.5001), `${where}: ${key} is ${text} on the page and ${candidates} in result.json`);
    });
  expect(compared > 30, `${where}: only ${compared} numbers were compared`);
}

async function planes_move(page, where) {
  const view = page.locator('.view[data-normal="z"]'), picture = () => view.locator("img").getAttribute("src"), slider = view.locator("input");
  const before = await picture(), words = await view.locator(".where").textContent();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  expect((await picture()) !== before, `${where}: the slider changes no picture`);
  expect((await view.locator(".where").textContent()) !== words, `${where}: the slider changes no words`);
  expect(/(m|voxels)$/.test(await slider.getAttribute("aria-valuetext")), `${where}: the slider says no length`);
  await view.locator("img").hover({ position: { x: 40, y: 60 } });
  expect(/x .*, y .*, z .*: (solid|pore)/.test(await page.locator(".read").textContent()), `${where}: no value under the pointer`);
  for (const field of ["concentration", "speed"]) {
    await page.locator(`#field button[value="${field}"]`).click();
    expect((await page.locator(".legend .colours svg").count()) === 1, `${where}: no colours of ${field}`);
  }
  const along_x = await picture();
  await page.locator('#drive button[value="y"]').click();
  expect((await picture()) !== along_x, `${where}: the drive changes no picture`);
}
async function surface_is_drawn(page, where) {
  await page.locator("#volume").scrollIntoViewIfNeeded();
  const colours = () => page.locator("#volume").screenshot();
  await page.waitForFunction(() => document.getElementById("volume").width !== 300 || !document.getElementById("no-volume").hidden);
  await page.waitForTimeout(300);
  const before = await colours();
  await page.locator("#volume").focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(300);
  expect(!before.equals(await colours()), `${where}: the surface does not turn`);
}
async function accessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const v of violations) faults.push(`${where}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 160)}`);
}
async function fits(page, where) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content <= window, `${where}: ${content} px wide`);
  const cut = await page.$$eval(".scroll", (all) => all.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.querySelector("table").className));
  expect(!cut.length, `${where}: a table is cut: ${cut}`);
}
/// What was measured, its value and how sure it is stand on the first screen of a small laptop.
async function first_screen_has_values(page, where) {
  const ends = await page.$$eval("h1, .lede, .card h3, .card .big, .rows .value, .rows .pm, .unit", (all) => all.map((node) => [node.textContent, node.getBoundingClientRect().bottom]));
  for (const [words, bottom] of ends) expect(bottom <= 720, `${where}: "${words}" ends at ${bottom} px`);
}
async function names_of_bars_are_apart(page, where) {
  const over = await page.$$eval("#stages svg", ([chart]) => {
    const end = Math.max(...[...chart.querySelectorAll("text.label")].map((name) => name.getBBox().x + name.getBBox().width));
    return end - Math.min(...[...chart.querySelectorAll("rect")].map((bar) => bar.getBBox().x));
  });
  expect(over <= 0, `${where}: names of bars reach ${over} px into them`);
}
const pages_of = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;

for (const folder of folders) {
  const { page, context, where } = await open(folder), finished = fs.existsSync(path.join(folder, "result.json"));
  await fits(page, where);
  await first_screen_has_values(page, where);
  if (finished && folder === folders[0]) {
    await numbers_equal_result(page, where, folder);
    await planes_move(page, where);
    await surface_is_drawn(page, where);
    await names_of_bars_are_apart(page, where);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator('[data-svg="converge-diffusivity"]').click()]);
    expect(/<svg [^]*stroke="/.test(fs.readFileSync(await download.path(), "utf8")), `${where}: the chart as a file has no colours`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect((await page.getAttribute("#still", "src"))?.startsWith("data:image/png"), `${where}: the surface is not on paper`);
    expect(pages_of(pdf) >= 2 && pages_of(pdf) <= 6, `${where}: ${pages_of(pdf)} pages of paper`);
  }
  if (finished && folder !== folders[0]) await numbers_equal_result(page, where, folder);
  if (path.basename(folder) === "plane.lapilli") expect((await page.locator(".slide:visible").count()) === 0, `${where}: a slider moves along the one voxel`);
  await context.close();
  for (const look of [{ bypassCSP: true }, { bypassCSP: true, width: 390, colorScheme: "dark" }]) {
    const other = await open(folder, look);
    await fits(other.page, other.where);
    await accessible(other.page, other.where);
    await other.context.close();
  }
}
await browser.close();
console.log([...new Set(faults)].join("\n") || `${folders.length} pages are well`);
process.exit(faults.length ? 1 : 0);
