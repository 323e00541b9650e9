// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The list of runs, what is at work now, and one chart of all.
(function (lapilli) {
  "use strict";
  const { site, numbers, page } = lapilli;
  const { make, ask, state, shape, off, when, run_address, quantities } = site, { number, percent, seconds } = numbers;
  const $ = (id) => document.getElementById(id);
  const { view, remember } = site.view_of({ find: "", state: "", sort: "started", order: "down", axis: "z", what: "permeability" });
  const picked = new Set();
  let list = { runs: [], states: {}, count: 0 }, chart = { points: [], archie: null }, limit = 200;

  const columns = [
    ["state", "State", ""], ["name", "Run", ""], ["voxels", "Voxels zyx", "n c"], ["porosity", "φ", "n"],
    ["diffusivity", "D/D₀", "n c"], ["permeability", "k [mD]", "n"], ["seconds", "Time", "n c"], ["started", "When", "n c"]];
  function draw_heads() {
    $("heads").replaceChildren(make("th", { scope: "col" }, make("span", { class: "unseen" }, "Compare")), ...columns.map(([key, title, cls]) => {
      const button = make("button", { type: "button" }, title);
      button.addEventListener("click", () => {
        view.order = view.sort === key ? (view.order === "down" ? "up" : "down") : key === "name" ? "up" : "down";
        view.sort = key;
        update();
      });
      return make("th", { scope: "col", class: cls, "aria-sort": view.sort === key ? (view.order === "down" ? "descending" : "ascending") : null }, button);
    }));
  }
  function quoted(q, digits) {
    if (!q) return ["–"];
    const part = off(q);
    return [`${number(q.value, digits)}${q.unit ? ` ${q.unit}` : ""}`, part ? make("span", { class: "pm c" }, ` ± ${percent(part)}`) : null];
  }
  function row_of(r) {
    const box = make("input", { type: "checkbox", "aria-label": `compare ${r.id}` });
    box.checked = picked.has(r.id);
    box.addEventListener("change", () => { if (box.checked) picked.add(r.id); else picked.delete(r.id); draw_compare(); });
    const row = make("tr", { "data-id": r.id, title: r.sentence || null }, make("td", {}, box), make("td", {}, state(r.status)),
      make("td", { class: "name" }, make("a", { href: run_address(r.id), title: r.id }, r.name === r.id ? r.id : `${r.id}`)),
      make("td", { class: "n c" }, shape(r.shape)), make("td", { class: "n" }, number(r.porosity, 3)),
      make("td", { class: "n c" }, ...quoted(r.diffusivity?.[view.axis], 3)), make("td", { class: "n" }, ...quoted(r.permeability?.[view.axis], 4)),
      make("td", { class: "n c" }, r.seconds == null ? "–" : seconds(r.seconds)), make("td", { class: "n c" }, when(r.started)));
    row.addEventListener("pointerenter", () => light(r.id));
    row.addEventListener("pointerleave", () => light(null));
    return row;
  }
  function draw_states() {
    const all = Object.values(list.states).reduce((sum, n) => sum + n, 0);
    const words = ["", "running", ...Object.keys(list.states).filter((s) => s !== "running")];
    $("states").replaceChildren(...words.map((s) => make("button", { value: s, type: "button", "aria-pressed": String(view.state === s) }, `${s || "all"} ${s ? (list.states[s] ?? 0) : all}`)));
  }
  function draw_list() {
    draw_heads();
    draw_states();
    $("list").replaceChildren(...list.runs.map(row_of));
    $("where").textContent = list.folder ?? "";
    $("remark").textContent = list.count ? list.remark : view.find || view.state ? "No run is like that." : "No runs yet: `lapilli analyze IMAGE` in this folder makes one.";
    $("more").hidden = !list.next;
    page.press($("axis"), view.axis);
  }
  function draw_compare() {
    $("compare").href = picked.size ? `/compare?ids=${[...picked].join(",")}` : "/compare";
    $("compare").textContent = picked.size ? `Compare ${picked.size}` : "Compare";
  }
  function light(id) {
    for (const node of document.querySelectorAll("[data-id]")) node.classList.toggle("lit", node.dataset.id === id);
  }
  function draw_chart() {
    site.scatter($("scatter"), { ...chart, what: view.what, axis: view.axis, on_hover: light });
    $("plot-title").textContent = quantities[view.what].title;
    $("plot-say").textContent = site.say_archie(chart.archie, chart.points);
    page.press($("what"), view.what);
  }

  /// A run at work: what it does, in the words of the terminal.
  function card_of(r) {
    const now = r.progress ?? {}, done = Math.round(100 * (now.done ?? 0));
    const bar = lapilli.charts.svg("svg", { class: "steps", viewBox: "0 0 100 1", preserveAspectRatio: "none", role: "img", "aria-label": `${done} % done` },
      lapilli.charts.svg("rect", { width: 100, height: 1 }), lapilli.charts.svg("rect", { class: r.status === "running" ? "doing" : "over", width: done, height: 1 }));
    const [first = "Beginning", ...rest] = site.doing(now);
    return make("article", { class: "live-run" }, make("div", {},
      make("p", { class: "first" }, state(r.status), make("b", {}, make("a", { href: run_address(r.id) }, r.id))),
      make("p", { class: "saying" }, first, make("small", {}, ` ${rest.join(", ")}`)), bar,
      make("p", { class: "small quiet" }, [site.voxels(r.shape), site.ranks(r.ranks), `since ${when(r.started)}`].filter(Boolean).join(", "))),
    make("p", { class: "small quiet" }, r.status === "silent" ? "Nothing was written for a while: the run may have died, or its machine is out of reach." : ""));
  }
  function draw_live() {
    const live = list.runs.filter((r) => r.status === "running" || r.status === "silent").slice(0, 4);
    $("now").hidden = !live.length;
    $("live").replaceChildren(...live.map(card_of));
  }

  async function look() {
    const words = new URLSearchParams({ sort: view.sort, order: view.order, axis: view.axis, limit });
    if (view.state) words.set("state", view.state);
    if (view.find) words.set("find", view.find);
    const [runs, points] = await Promise.all([ask(`/api/v1/runs?${words}`), ask(`/api/v1/compare?${new URLSearchParams({ y: view.what, axis: view.axis })}`)]);
    list = runs;
    chart = points;
    const held = document.activeElement?.closest?.("tbody") ? document.activeElement.getAttribute("aria-label") : null;
    draw_live();
    draw_list();
    draw_chart();
    if (held) document.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus();
    return runs.states.running ? 2000 : 10000;
  }
  const again = site.keep_asking(look);
  function update() {
    remember();
    draw_list();
    again();
  }
  $("find").value = view.find;
  $("find").addEventListener("input", () => { view.find = $("find").value; update(); });
  page.switch_of($("states"), (value) => { view.state = value; update(); });
  page.switch_of($("axis"), (value) => { view.axis = value; update(); });
  page.switch_of($("what"), (value) => { view.what = value; update(); });
  $("more").addEventListener("click", () => { limit = Math.min(1000, limit + 200); update(); });
  page.keep_drawn($("scatter"), draw_chart);
  draw_compare();
})(globalThis.lapilli);
