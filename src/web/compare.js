// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Runs beside each other: a table of what differs, and k and F against the porosity.
(function (lapilli) {
  "use strict";
  const { site, numbers, page } = lapilli;
  const { make, ask, shape } = site, { number, length, seconds } = numbers, $ = (id) => document.getElementById(id);
  const { view, remember } = site.view_of({ ids: "", axis: "z" }), most = 12;
  const charts = { permeability: { points: [] }, formation_factor: { points: [] } };

  const facts = [
    ["State", (r) => r.status], ["Image", (r) => r.name], ["Digest", (r) => r.digest || "–"], ["Voxels (z, y, x)", (r) => shape(r.shape)], ["Voxel", (r) => (r.voxel_m ? length(1, r.voxel_m) : "–")],
    ["Boundary", (r) => r.boundary || "–"], ["Walls", (r) => r.walls || "–"], ["Program", (r) => r.program?.trim() || "–"], ["Porosity φ", (r) => number(r.porosity, 4)],
    ...["x", "y", "z"].flatMap((a) => [[`D/D₀ ${a}`, (r) => number(r.diffusivity?.[a]?.value)], [`k ${a} [mD]`, (r) => number(r.permeability?.[a]?.value)]]),
    ["Time", (r) => (r.seconds == null ? "–" : seconds(r.seconds))], ["Ranks", (r) => String(r.ranks ?? "–")]];
  function draw_table(runs) {
    const differ = facts.filter(([, of]) => new Set(runs.map(of)).size > 1), same = facts.filter((f) => !differ.includes(f) && f[1](runs[0]) !== "–");
    const [head, body] = $("differ").children;
    head.replaceChildren(make("tr", {}, make("th", { scope: "col" }, "Differs"), ...runs.map((r) => make("th", { class: "n", scope: "col" }, make("a", { href: site.run_address(r.id) }, r.id)))));
    body.replaceChildren(...differ.map(([name, of]) => make("tr", {}, make("th", { scope: "row" }, name), ...runs.map((r) => make("td", { class: "n" }, of(r))))));
    $("same").textContent = same.length ? `The same in all: ${same.map(([name, of]) => `${name} ${of(runs[0])}`).join(", ")}.` : "";
  }
  function draw_charts() {
    for (const [what, chart] of Object.entries(charts)) {
      site.scatter($(what), { ...chart, what, axis: view.axis, height: 320 });
      $(what).parentNode.querySelector("figcaption").textContent = site.say_archie(chart.archie, chart.points);
    }
    page.press($("axis"), view.axis);
  }
  async function look() {
    const ids = view.ids.split(",").filter(Boolean), chosen = ids.slice(0, most);
    const wanted = ids.length ? { ids: ids.join(",") } : {};
    const runs = await Promise.all(chosen.map((id) => ask(`/api/v1/runs/${encodeURIComponent(id)}/state`)));
    for (const y of Object.keys(charts)) charts[y] = await ask(`/api/v1/compare?${new URLSearchParams({ y, axis: view.axis, ...wanted })}`);
    $("differ").hidden = runs.length < 2;
    $("say").textContent = runs.length < 2 ? "All runs. Tick two or more in the list to see where they differ." : `Where these ${runs.length} differ.${ids.length > most ? ` The table has the first ${most}.` : ""}`;
    if (runs.length > 1) draw_table(runs);
    draw_charts();
    return 10000;
  }
  const again = site.keep_asking(look);
  page.switch_of($("axis"), (value) => { view.axis = value; remember(); again(); });
  for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", () => page.save(page.svg_file($(button.dataset.save).querySelector("svg")), `${button.dataset.save}.svg`));
  for (const what of Object.keys(charts)) page.keep_drawn($(what), draw_charts);
})(globalThis.lapilli);
