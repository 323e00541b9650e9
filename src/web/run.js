// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// A run, live while it works: its state, convergence, what it has measured, and planes of its fields.
(function (lapilli) {
  "use strict";
  const { site, numbers, charts, page, planes, surface, figures } = lapilli;
  const { make, ask } = site, { seconds, bytes, length } = numbers;
  const $ = (id) => document.getElementById(id), axes = ["x", "y", "z"], across = { z: ["x", "y"], y: ["x", "z"], x: ["y", "z"] };
  const id = decodeURIComponent(location.pathname.split("/")[2]), api = `/api/v1/runs/${encodeURIComponent(id)}`;
  const { view, remember } = site.view_of({ field: "", colours: "viridis", log: "0", x: "", y: "", z: "" });
  const curves = { diffusivity: {}, permeability: {} }; // stage → axis → points
  const picture_patience = 20000; // [ms], since pictures of other clients may come first; what was made meanwhile is kept
  let from = 0, run = {}, edge_m = null, fields = null, files = "", result_of = 0;

  function take(line) {
    let event;
    try {
      event = JSON.parse(line);
    } catch {
      return; // cut off by a crash
    }
    if (event.event === "start") for (const stage of Object.keys(curves)) curves[stage] = {};
    const points = curves[event.stage] && axes.includes(event.axis) && (curves[event.stage][event.axis] ??= []);
    if (!points || !event.iteration || !(event.value > 0) || !(event.bound >= 0)) return;
    if (points.length && points.at(-1).x >= event.iteration) points.length = 0; // solved anew
    points.push({ x: event.iteration, y: Math.max(1e-12, Math.min(1, event.bound / event.value)) });
  }
  async function read_progress() {
    for (;;) {
      let answer;
      try {
        answer = await ask(`${api}/progress?from=${from}`, "answer");
      } catch (error) {
        if (error.status === 416) from = 0; // another run has taken the folder
        if (error.status === 404 || error.status === 416) return;
        throw error;
      }
      (await answer.text()).split("\n").forEach(take);
      const next = +answer.headers.get("X-Next-From"), more = next > from && next < +answer.headers.get("X-Size");
      from = next;
      if (!more) return;
    }
  }
  function draw_convergence() {
    const shown = Object.entries(curves).filter(([, by_axis]) => Object.keys(by_axis).length);
    if ($("convergence").querySelectorAll("figure").length !== shown.length) $("convergence").replaceChildren(...shown.map(([stage]) => make("figure", {}, make("h3", {}, stage === "diffusivity" ? "Diffusion" : "Flow"), make("div", { class: "plot" }))));
    shown.forEach(([, by_axis], i) => {
      const series = axes.filter((a) => by_axis[a]?.length).map((a) => ({ kind: a, name: a, line: true, points: by_axis[a] })), all = series.flatMap((s) => s.points);
      charts.plot($("convergence").children[i].lastChild, { series, height: 220, title: "Estimated relative error after each iteration", x: { label: "iteration", domain: [0, Math.max(5, ...all.map((p) => p.x))] }, y: { label: "estimated relative error", log: true, domain: numbers.domain(all.map((p) => p.y), { log: true }) } });
    });
    if (!shown.length) $("convergence").replaceChildren(make("p", { class: "quiet" }, "No iteration has been written yet."));
  }

  function draw_state() {
    $("name").textContent = run.name ?? id;
    $("state").replaceChildren(site.state(run.status));
    $("saying").textContent = run.sentence || site.doing(run.progress).join(", ");
    const done = Math.round(100 * (run.progress?.done ?? 0));
    $("done").replaceChildren(...(run.progress ? [charts.svg("svg", { class: "steps", viewBox: "0 0 100 1", preserveAspectRatio: "none", role: "img", "aria-label": `${done} % done` }, charts.svg("rect", { width: 100, height: 1 }), charts.svg("rect", { class: "doing", width: done, height: 1 }))] : []));
    $("facts").textContent = [site.voxels(run.shape), run.voxel_m ? `of ${site.voxel(run.voxel_m)}` : "", run.boundary, site.ranks(run.ranks), run.seconds ? seconds(run.seconds) : "", `begun ${site.when(run.started)}`, run.program, run.digest].filter((w) => w?.trim()).join(", ");
    $("command").textContent = run.command || "–";
  }
  /// What the report has of the result, too: its text comes from the server, which has made markup of no name in it.
  async function show_measured() {
    const [part, result] = await Promise.all([ask(`${site.run_address(id)}/measured`, "text"), ask(api)]);
    $("measured").replaceChildren(...new DOMParser().parseFromString(part, "text/html").body.children);
    figures.draw({ result, image: result.image, pictures: {} });
    figures.follow_buttons($("measured"), run.name);
  }
  async function look_at_files() {
    const listed = (await ask(`${api}/files`)).files, text = JSON.stringify(listed.map((f) => (f.name === "progress.jsonl" ? f.name : f)));
    if (text === files) return;
    files = text;
    const result = listed.find((f) => f.name === "result.json");
    if (result && result.changed !== result_of) {
      await show_measured();
      result_of = result.changed;
    }
    const report = listed.some((f) => f.name === "report.html") ? [make("a", { class: "button", href: `${site.run_address(id)}/report.html` }, "Report")] : [];
    $("files").replaceChildren(...report, ...listed.map((f) => make("a", { class: "button", href: `${api}/files/${f.name}`, download: true }, `${f.name} ${bytes(f.bytes)}`)));
    const stored = listed.find((f) => f.name === "fields.h5");
    if (stored) await begin_fields(stored.changed);
  }

  // planes
  async function begin_fields(version) {
    try {
      fields = { ...(await ask(`${api}/fields`)), version };
    } catch (error) {
      $("fields").hidden = false;
      $("about").textContent = error.message;
      return;
    }
    const [nz, ny, nx] = fields.shape;
    fields.size = { x: nx, y: ny, z: nz };
    const shown = fields.fields.filter((f) => f.name !== "pore");
    $("field").replaceChildren(...(shown.length ? shown : fields.fields).map((f) => make("option", { value: f.name }, f.name)));
    if (![...$("field").options].some((o) => o.value === view.field)) view.field = $("field").options[0].value;
    $("field").value = view.field;
    $("views").replaceChildren(...["z", "y", "x"].map(view_of_axis));
    $("fields").hidden = false;
    $("solid").hidden = !fields.fields.some((f) => f.name === "pore");
    draw_planes();
  }
  const place = (axis) => (view[axis] === "" ? Math.floor(fields.size[axis] / 2) : Math.max(0, Math.min(fields.size[axis] - 1, +view[axis] || 0)));
  function view_of_axis(axis) {
    const slider = make("input", { type: "range", min: 0, max: fields.size[axis] - 1, "aria-label": `place of the plane across ${axis}` }), [h, v] = across[axis];
    slider.value = place(axis);
    const pic = make("div", { class: "pic" }, make("img", { alt: "" }), charts.svg("svg", { "aria-hidden": "true" }));
    pic.style.aspectRatio = `${fields.size[h]} / ${fields.size[v]}`;
    slider.addEventListener("input", () => { view[axis] = slider.value; remember(); draw_planes(); });
    page.keep_drawn(pic, () => draw_over(axis));
    return make("figure", { class: "view", "data-axis": axis }, make("header", {}, make("h3", {}, `across ${axis}`), make("span", { class: "where quiet small" })), pic, make("label", { class: "slide" }, axis, slider));
  }
  const node_of = (axis) => $("views").querySelector(`[data-axis="${axis}"]`);
  function draw_over(axis) {
    const over = node_of(axis)?.querySelector(".pic svg");
    if (over) planes.overlay(over, axis, { size: fields.size, edge_m, cuts: Object.fromEntries(axes.map((a) => [a, place(a)])) });
  }
  const words = (axis) => new URLSearchParams({ field: view.field, axis, index: place(axis), size: 512, colours: view.colours, log: view.log, v: fields.version });
  const drawn = {};
  async function draw_plane(axis) {
    const address = `${api}/slice?${words(axis)}`, node = node_of(axis), at = place(axis);
    node.querySelector(".where").textContent = `${axis} = ${length(at + 0.5, edge_m?.[axis])}, voxel ${at}`;
    node.querySelector("input").setAttribute("aria-valuetext", length(at + 0.5, edge_m?.[axis]));
    draw_over(axis);
    if (drawn[axis] === address) return;
    drawn[axis] = address;
    try {
      const answer = await ask(address, "answer", picture_patience);
      const picture = await answer.blob();
      if (drawn[axis] !== address) return; // the slider has gone on
      const image = node.querySelector("img");
      URL.revokeObjectURL(image.src);
      image.src = URL.createObjectURL(picture);
      image.alt = `${view.field} in the plane ${axis} = ${length(at + 0.5, edge_m?.[axis])}`;
      if (axis === "z") draw_scale(answer.headers.get("X-Scale"));
    } catch (error) {
      $("about").textContent = error.message;
    }
  }
  const colour_names = { viridis: ["#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"], inferno: ["#180a39", "#390b5c", "#5f1369", "#85216b", "#a82e5f", "#d04544", "#ed6925", "#fb9b06", "#f7d13d", "#fcffa4"] };
  function draw_scale(text) {
    const [low, high, log] = text.split(" "), field = fields.fields.find((f) => f.name === view.field);
    planes.colour_bar($("scale"), { low: +low, high: +high, log: log === "log", colours: ["", ...colour_names[view.colours]], unit: field.unit });
    $("about").textContent = `${field.description}${field.unit && field.unit !== "1" ? ` [${field.unit}]` : ""}`;
  }
  function draw_planes() {
    remember();
    for (const axis of axes) draw_plane(axis);
  }
  $("colours").value = view.colours;
  $("log").checked = view.log === "1";
  $("field").addEventListener("change", () => {
    view.field = $("field").value;
    const speed = /^(speed|velocity|face)/.test(view.field);
    view.colours = $("colours").value = speed ? "inferno" : "viridis";
    $("log").checked = speed;
    view.log = speed ? "1" : "0";
    draw_planes();
  });
  $("colours").addEventListener("change", () => { view.colours = $("colours").value; draw_planes(); });
  $("log").addEventListener("change", () => { view.log = $("log").checked ? "1" : "0"; draw_planes(); });

  // the surface
  $("show").addEventListener("click", async () => {
    $("show").disabled = true;
    try {
      const answer = await ask(`${api}/volume?size=128`, "answer", picture_patience), [nx, ny, nz, beside] = answer.headers.get("X-Volume").split(" ").map(Number);
      const shape = [nz, ny, nx], longest = Math.max(nx, ny, nz), address = URL.createObjectURL(await answer.blob());
      const shown = surface.show($("surface"), { bytes: await surface.unpack(address, shape, beside), shape, edges: [nx / longest, ny / longest, nz / longest] });
      URL.revokeObjectURL(address);
      if (!shown) throw new Error("This browser has no WebGL2, which draws the surface.");
      $("part").addEventListener("input", () => shown.set({ part: +$("part").value }));
      $("surface-say").textContent = `${nx} × ${ny} × ${nz} cubes.`;
    } catch (error) {
      $("surface-say").textContent = error.message;
      $("show").disabled = false;
    }
  });

  async function look() {
    run = await ask(`${api}/state`);
    edge_m = figures.edges_of(run.voxel_m);
    draw_state();
    await read_progress();
    draw_convergence();
    await look_at_files();
    return run.status === "running" ? 2000 : 10000;
  }
  site.keep_asking(look);
  page.keep_drawn($("convergence"), draw_convergence);
})(globalThis.lapilli);
