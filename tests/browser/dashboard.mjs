// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Looks at the pages of a server as a person would.
//   node dashboard.mjs MODULES CHROMIUM ADDRESS FOLDER    (what the server at the address serves: done, with fields; other; live; evil)
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [modules, executablePath, base, folder] = process.argv.slice(2);
const require = createRequire(path.join(modules, "package.json"));
const { chromium } = require("playwright-core"), axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
const expect = (good, what) => good || faults.push(what);

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
async function open(address, { width = 1280, colorScheme = "light", ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, ...more }), page = await context.newPage();
  const where = `${address} at ${width} px, ${colorScheme}`;
  page.on("console", (message) => /GPU stall/.test(message.text()) || faults.push(`${where}: the console says ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${where}: ${error.message}`));
  page.on("dialog", (dialog) => { faults.push(`${where}: a dialog says ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => expect(request.url().startsWith(base) || /^(data|blob):/.test(request.url()), `${where}: asks for ${request.url()}`));
  await page.goto(base + address);
  return { page, context, where };
}
const until = (page, where, what, check, value) => page.waitForFunction(check, value, { timeout: 15000 }).catch(() => faults.push(`${where}: ${what}`));

async function list_is_right() {
  const { page, context, where } = await open("/");
  await until(page, where, "the list has not four runs", () => document.querySelectorAll("#list tr").length === 4);
  const result = JSON.parse(fs.readFileSync(path.join(folder, "done", "result.json"), "utf8")), k = result.summary.permeability.z.value;
  const shown = await page.locator('#list tr[data-id="done"] td').nth(6).innerText();
  expect(Math.abs(parseFloat(shown.replace(/[\u202f\s]/g, "")) / k - 1) < 1e-3, `${where}: k is shown as ${shown}, but is ${k}`);
  expect(await page.locator("#live").innerText().then((words) => words.includes("running")), `${where}: no run is at work`);
  const cut = await page.$eval('.scroll:has(#list)', (box) => box.scrollWidth - box.clientWidth);
  expect(cut <= 0, `${where}: ${cut} px of the list are cut off`);
  await page.fill("#find", "don");
  await until(page, where, "the search finds not one run", () => document.querySelectorAll("#list tr").length === 1);
  expect(page.url().includes("find=don"), `${where}: the address does not say what was searched`);
  await page.reload();
  await until(page, where, "the address does not bring the search back", () => document.querySelectorAll("#list tr").length === 1);
  await context.close();
}

/// The page of a run has the numbers, the curves and the files of all that was measured.
async function everything_measured_is_shown() {
  const { page, context, where } = await open("/runs/done");
  await until(page, where, "no charts of pore sizes, drainage and cubes", () => ["radii", "drained", "rev"].every((id) => document.querySelector(`#${id} svg .line`)));
  const { result, summary } = JSON.parse(fs.readFileSync(path.join(folder, "done", "result.json"), "utf8"));
  const shown = (key) => page.$$eval(`tr[data-key="${key}"] td.n`, (cells) => cells.map((cell) => parseFloat(cell.textContent.replace(/[\u202f\s]/g, ""))));
  for (const [key, ...values] of [
    ["pore_size.mean_radius_m", 1e6 * result.pore_size.mean_radius_m], ["network.pores", result.network.pores],
    ["drainage.entry_radius_m", ...["x", "y", "z"].map((a) => 1e6 * result.drainage[a].entry_radius_m)],
    ["rev.porosity.image_error", result.rev.porosity.image_error], ["permeability.summary.value_md", ...["x", "y", "z"].map((a) => summary.permeability[a].value)]]) {
    const found = await shown(key);
    expect(found.length === values.length && values.every((value, i) => Math.abs(found[i] / value - 1) < 1e-3), `${where}: ${key} is shown as ${found}, but is ${values}`);
  }
  const names = await page.$$eval("#files a", (links) => links.map((link) => link.textContent.split(" ")[0]));
  for (const name of ["pore_size.csv", "drainage.csv", "rev.csv", "network_pores.csv"]) expect(names.includes(name), `${where}: ${name} is not offered, only ${names}`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#csv-save")]);
  expect(fs.readFileSync(await download.path(), "utf8").includes("network.pores,"), `${where}: the CSV has no network`);
  await context.close();
}
async function comparison_has_all_numbers() {
  const { page, context, where } = await open("/compare?ids=done,other");
  await until(page, where, "pore sizes are not compared", () => [...document.querySelectorAll("#differ th")].some((head) => head.textContent === "Mean radius [µm]"));
  expect(/numbers\.$/.test(await page.locator("#same").innerText()), `${where}: it does not say how many numbers are the same`);
  await context.close();
}

async function run_is_live() {
  const { page, context, where } = await open("/runs/live");
  await until(page, where, "it does not run", () => document.querySelector("#saying").textContent.includes("iteration 2"));
  fs.appendFileSync(path.join(folder, "live", "progress.jsonl"), '{"stage":"diffusivity","axis":"x","iteration":7,"value":0.2,"bound":0.001,"done":0.5,"eta_all_s":12}\n');
  await until(page, where, "what the run has written since is not shown", () => document.querySelector("#saying").textContent.includes("iteration 7"));
  await context.close();
}

// A server that went dark takes a request and says nothing.
async function silence_is_not_waited_for() {
  const { page, context, where } = await open("/api");
  await page.addInitScript(() => { const timeout = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => timeout(ms / 8); });
  let asked = 0;
  await page.route("**/api/v1/runs?*", (route) => (asked++ < 2 ? undefined : route.continue()));
  await page.goto(base + "/");
  await until(page, where, "the list waits for a silent server", () => document.querySelectorAll("#list tr").length === 4);
  expect(asked === 3, `${where}: the list was asked for ${asked} times, not three`);
  expect(/^updated now|^updated \d+ s ago/.test(await page.locator("#fresh").innerText()), `${where}: the corner does not say how old the list is`);
  await context.close();
}

async function planes_move() {
  const { page, context, where } = await open("/runs/done");
  await until(page, where, "there are no three pictures", () => [...document.querySelectorAll("#views img")].filter((image) => image.naturalWidth > 0).length === 3);
  const before = await page.locator('[data-axis="z"] img').getAttribute("src");
  await page.locator('[data-axis="z"] input').fill("3");
  await until(page, where, "the slider moves no plane", (src) => document.querySelector('[data-axis="z"] img').src !== src, before);
  expect(/z=3/.test(page.url()), `${where}: the address does not say which plane`);
  await page.click("#show");
  await until(page, where, "no surface is shown", () => /cubes/.test(document.querySelector("#surface-say").textContent));
  await context.close();
}

await list_is_right();
await everything_measured_is_shown();
await comparison_has_all_numbers();
await run_is_live();
await silence_is_not_waited_for();
await planes_move();
for (const address of ["/", "/runs/done", "/runs/live", "/runs/evil", "/compare?ids=done,other,live", "/api"])
  for (const look of [{}, { width: 390, colorScheme: "dark" }]) {
    const { page, context, where } = await open(address, { bypassCSP: true, ...look });
    await page.waitForTimeout(700);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide <= 0, `${where}: scrolls sideways by ${wide} px`);
    await page.evaluate(axe);
    for (const v of (await page.evaluate(() => globalThis.axe.run())).violations) faults.push(`${where}: ${v.id}: ${v.nodes[0].html.slice(0, 150)}`);
    await context.close();
  }
await browser.close();
console.log([...new Set(faults)].join("\n") || "the dashboard is well");
process.exit(faults.length ? 1 : 0);
