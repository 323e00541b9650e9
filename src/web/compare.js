// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Runs beside each other: a table of what differs, by the list of quantities, and k and F against the porosity.
(function (lapilli) {
  "use strict";
  const { site, numbers, page } = lapilli;
  const { make, ask, shape } = site, { number, short, seconds } = numbers, $ = (id) => document.getElementById(id);
  const { view, remember } = site.view_of({ ids: "", axis: "z" }), most = 12;
  const charts = { permeability: { points: [] }, formation_factor: { points: [] } };

  const facts = [
    ["State", (r) => r.status], ["Image", (r) => r.name], ["Digest", (r) => r.digest || "–"], ["Voxels (z, y, x)", (r) => shape(r.shape)], ["Voxel", (r) => site.voxel(r.voxel_m)],
    ["Boundary", (r) => r.boundary || "–"], ["Walls", (r) => r.walls || "–"], ["Program", (r) => r.program?.trim() || "–"],
    ["Time", (r) => (r.seconds == null ? "–" : seconds(r.seconds))], ["Ranks", (r) => String(r.ranks ?? "–")]];
  const shown = (value, factor = 1) => (typeof value === "number" ? (Number.isInteger(value) && factor === 1 ? short(value) : number(value * factor, 5)) : typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? "–"));
  /// The groups of numbers that any of the runs has: [title, [[name, of a run], ...]]. What belongs to an axis is of that which is chosen.
  function groups_of(runs) {
    const groups = new Map();
    for (const { title, rows } of runs.flatMap((r) => r.groups)) {
      if (!groups.has(title)) groups.set(title, new Map());
      for (const { key, name, help, detail, shown: { unit, factor }, ...row } of rows) {
        if (detail) continue;
        const same = (r) => r.groups.find((g) => g.title === title)?.rows.find((other) => other.key === key && other.name === name && other.shown.unit === unit) ?? {};
        const words = `${name}${"image" in row ? "" : ` ${view.axis}`}${unit && unit !== "1" ? ` [${unit}]` : ""}`;
        groups.get(title).set([key, name, unit].join(), [words, (r) => shown(same(r).image ?? same(r)[view.axis], factor), help]);
      }
    }
    return [...groups].map(([title, rows]) => [title, [...rows.values()]]);
  }
  function draw_table(runs) {
    const unlike = ([, of]) => new Set(runs.map(of)).size > 1, groups = groups_of(runs), same = facts.filter((f) => !unlike(f) && f[1](runs[0]) !== "–");
    const line = ([name, of, help]) => make("tr", { title: help }, make("th", { scope: "row" }, name), ...runs.map((r) => make("td", { class: "n" }, of(r))));
    const part = ([title, rows]) => (rows.some(unlike) ? [make("tr", { class: "head" }, make("th", { scope: "rowgroup", colspan: runs.length + 1 }, title)), ...rows.filter(unlike).map(line)] : []);
    const [head, body] = $("differ").children;
    head.replaceChildren(make("tr", {}, make("th", { scope: "col" }, "Differs"), ...runs.map((r) => make("th", { class: "n", scope: "col" }, make("a", { href: site.run_address(r.id) }, r.id)))));
    body.replaceChildren(...facts.filter(unlike).map(line), ...groups.flatMap(part));
    const equal = groups.flatMap(([, rows]) => rows).filter((row) => !unlike(row) && row[1](runs[0]) !== "–").length;
    const words = [...same.map(([name, of]) => `${name} ${of(runs[0])}`), equal ? `${equal} numbers` : ""].filter(Boolean);
    $("same").textContent = words.length ? `The same in all: ${words.join(", ")}.` : "";
  }
  /// A run with its numbers; one that has not finished, or is damaged, has none.
  async function run_of(id) {
    const api = `/api/v1/runs/${encodeURIComponent(id)}`, state = await ask(`${api}/state`);
    const { groups } = ["done", "not converged"].includes(state.status) ? await ask(`${api}/numbers`) : { groups: [] };
    return { ...state, groups };
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
    const runs = await Promise.all(chosen.map(run_of));
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
