// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The charts of a result, drawn where a page has room for them, on pages from files and on the dashboard alike; and the buttons that
// save what is shown.
(function (lapilli) {
  "use strict";
  const { number, short, seconds, bytes, domain } = lapilli.numbers, { plot, intervals, bars } = lapilli.charts, { page } = lapilli;
  const $ = (id) => document.getElementById(id), axes = ["x", "y", "z"];
  const drawn = (id, draw) => $(id) && page.keep_drawn($(id), draw);

  /// Of a voxel [m]; null: not known. @param voxel  a number, or three of them for z, y, x, as result.json has it
  const edges_of = (voxel) => (typeof voxel === "number" ? { x: voxel, y: voxel, z: voxel } : Array.isArray(voxel) ? { x: voxel[2], y: voxel[1], z: voxel[0] } : null);
  const size_of = (shape) => shape && { x: shape[2], y: shape[1], z: shape[0] };

  /// The values to quote with their intervals, and the values as solved.
  function draw_intervals(result) {
    for (const host of document.querySelectorAll("[data-intervals]")) {
      const property = host.dataset.intervals, summary = result.summary[property];
      const around = (value, part) => (part == null ? null : [value * (1 - part), value * (1 + part)]);
      const rows = axes.filter((axis) => summary[axis]).map((axis) => {
        const { value, parts, grid_shift } = summary[axis];
        return { kind: axis, value, grid: around(value, parts.grid), sample: around(value, parts.sample), plain: grid_shift == null ? null : value / (1 + grid_shift) };
      });
      const all = rows.flatMap((r) => [r.value, r.plain ?? r.value, ...(r.sample ?? []), ...(r.grid ?? [])]), span = Math.max(...all) - Math.min(...all) || Math.max(...all) || 1;
      const ends = [Math.max(0, Math.min(...all) - 0.06 * span), Math.max(...all) + 0.06 * span];
      const row = () => (page.printing() ? 24 : 40);
      page.keep_drawn(host, () => intervals(host, { rows, domain: ends, row: row(), title: host.dataset.title }));
    }
  }

  /// The density of chords over bins that grow with their length. @param counts  [[voxels, number], ...]
  function binned(counts, edge) {
    const total = counts.reduce((sum, [, n]) => sum + n, 0), longest = counts.at(-1)[0], points = [];
    for (let low = 1; low <= longest; ) {
      const high = Math.max(low + 1, Math.ceil(low * 1.25)), inside = counts.reduce((sum, [voxels, n]) => sum + (voxels >= low && voxels < high ? n : 0), 0);
      if (inside) points.push({ x: ((low + high - 1) / 2) * edge, y: inside / total / ((high - low) * edge) });
      low = high;
    }
    return points;
  }
  function draw_chords(chords, edge_m) {
    const [unit, metres] = edge_m ? ["µm", 1e-6] : ["voxel", 1];
    const series = axes.filter((axis) => chords[axis]?.length).map((axis) => ({ kind: axis, name: axis, line: true, step: true, marks: false, points: binned(chords[axis], (edge_m?.[axis] ?? 1) / metres) }));
    const points = series.flatMap((s) => s.points);
    drawn("chords", (host) => plot(host, { series, height: page.chart_height(250), title: "Lengths of the chords of the pores",
      x: { label: `chord length [${unit}]`, log: true, domain: [Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x)) * 1.05] },
      y: { label: `share of all chords [1/${unit}]`, log: true, domain: domain(points.map((p) => p.y), { log: true }) } }));
  }
  function draw_profile(profile, size, edge_m, porosity) {
    const [unit, metres] = edge_m ? (Math.max(...axes.map((a) => size[a] * edge_m[a])) >= 1e-3 ? ["mm", 1e-3] : ["µm", 1e-6]) : ["voxel", 1];
    const place_of = (axis, voxels) => (voxels * (edge_m?.[axis] ?? 1)) / metres;
    /// Means of at most 100 parts of the axis; planes without sample have no porosity.
    const averaged = (axis, values) => {
      const part = Math.ceil(values.length / 100), points = [];
      for (let i = 0; i < values.length; i += part) {
        const some = values.slice(i, i + part), known = some.filter((v) => v != null);
        points.push({ x: place_of(axis, i + some.length / 2), y: known.length ? known.reduce((a, b) => a + b, 0) / known.length : null });
      }
      return points;
    };
    const series = axes.filter((axis) => size[axis] > 1).map((axis) => ({ kind: axis, name: axis, line: true, gaps: true, marks: false, points: averaged(axis, profile[axis]) }));
    const values = series.flatMap((s) => s.points.map((p) => p.y));
    drawn("profile", (host) => plot(host, { series, height: page.chart_height(250), title: "Porosity of the planes across each axis", rules: porosity == null ? [] : [{ y: porosity, label: "" }],
      x: { label: `place along the axis [${unit}]`, domain: [0, Math.max(...axes.map((axis) => place_of(axis, size[axis])))] }, y: { label: "porosity of the plane", domain: domain(values) } }));
  }

  /// The grey values that labels were made of.
  function draw_grey({ histogram: grey, thresholds = [] }) {
    const points = grey.voxels.map((y, i) => ({ x: grey.first + grey.width * i, y }));
    drawn("grey", (host) => plot(host, { series: [{ kind: "z", line: true, step: true, marks: false, points }], height: page.chart_height(250), title: "Voxels by grey value, and the thresholds",
      rules: thresholds.map((x) => ({ x, label: short(+x.toPrecision(5)) })),
      x: { label: "grey value after the filter", domain: [grey.first, grey.first + grey.width * grey.voxels.length] }, y: { label: "voxels", domain: [0, Math.max(...grey.voxels) * 1.05] } }));
  }
  function draw_radii(sizes) {
    const in_unit = sizes.radius_m ? sizes.radius_m.map((r) => r / 1e-6) : sizes.radius_voxels, length = sizes.radius_m ? "µm" : "voxel";
    const points = [{ x: 0, y: 0 }, ...in_unit.map((x, i) => ({ x, y: sizes.cumulative[i] }))];
    drawn("radii", (host) => plot(host, { series: [{ kind: "z", line: true, step: true, marks: false, points }], height: page.chart_height(250), title: "Share of the volume with no larger radius",
      x: { label: `radius [${length}]`, domain: [0, in_unit.at(-1) * 1.05] }, y: { label: "share of the volume", domain: [0, 1] } }));
  }
  function draw_drained(drainage) {
    const curves = [...axes, "all"].filter((what) => drainage[what]?.curve.saturation.length).map((what) => ({ what, ...drainage[what].curve }));
    const known = curves.every((c) => c.pressure_pa.every((p) => p != null));
    const series = curves.flatMap(({ what, radius_voxels, pressure_pa, saturation, saturation_with_trapping }) => {
      const kind = what === "all" ? "z" : what, height = (i) => (known ? pressure_pa[i] / 1e3 : radius_voxels[i]);
      const line = (values, dash, label) => ({ kind, name: label, line: true, marks: false, dash, points: values.map((x, i) => ({ x, y: height(i) })) });
      return [line(saturation, undefined, what === "all" ? "" : what), ...(saturation_with_trapping ? [line(saturation_with_trapping, "3 3", "")] : [])];
    });
    const heights = series.flatMap((s) => s.points.map((p) => p.y));
    if (series.length)
      drawn("drained", (host) => plot(host, { series, height: page.chart_height(250), title: "Saturation and capillary pressure", x: { label: "share of the pores that is filled", domain: [0, 1] },
        y: { label: known ? "capillary pressure [kPa]" : "radius of the interface [voxel]", log: true, domain: domain(heights, { log: true }) } }));
  }
  /// What both fluids let through.
  function draw_relative(drainage) {
    const line = (axis, fluid, dash, label) => ({ kind: axis, name: label, line: true, dash,
      points: drainage[axis].relative.saturation.map((x, i) => ({ x, y: drainage[axis].relative[`permeability_${fluid}`][i] })).filter((p) => p.y != null) });
    const series = axes.filter((axis) => drainage[axis]?.relative?.saturation?.length).flatMap((axis) => [line(axis, "non_wetting", undefined, axis), line(axis, "wetting", "3 3", "")]);
    if (series.length)
      drawn("relative", (host) => plot(host, { series, height: page.chart_height(250), title: "Permeability of both fluids over that of dry pores",
        x: { label: "share of the pores that is filled", domain: [0, 1] }, y: { label: "relative permeability", domain: [0, 1] } }));
  }
  /// How much cubes differ.
  function draw_rev(rev) {
    const spread = (name, kind, found, dash) => ({ kind, name, line: true, dash,
      points: found.sizes.edge_voxels.map((x, i) => ({ x, y: found.sizes.spread[i], cubes: found.sizes.cubes[i] })).filter((p) => p.y > 0 && p.cubes > 1) });
    const series = [["porosity", "x"], ["specific_surface", "y"], ["mean_radius", "z"]].filter(([key]) => rev[key]).map(([key, kind]) => spread(key.replace("_", " "), kind, rev[key]));
    for (const [key, letter] of [["diffusivity", "D"], ["permeability", "k"]])
      for (const axis of axes) if (rev[key]?.[axis]) series.push(spread(`${letter} ${axis}`, axis, rev[key][axis], key === "diffusivity" ? "6 3" : "2 2"));
    const points = series.flatMap((s) => s.points);
    if (points.length)
      drawn("rev", (host) => plot(host, { series, height: page.chart_height(280), title: "Spread between cubes of one size",
        x: { label: "edge of the cubes [voxel]", log: true, domain: domain(points.map((p) => p.x), { log: true }) }, y: { label: "relative standard deviation", log: true, domain: domain(points.map((p) => p.y), { log: true }) } }));
  }

  function draw_cost(result) {
    const stages = Object.entries(result.timing ?? {}).filter(([, stage]) => stage?.max_s != null).map(([stage, { max_s, text }]) => ({ name: text ?? stage, value: max_s }));
    if (stages.length) drawn("stages", (host) => bars(host, { rows: stages, format: seconds, title: "Seconds of each stage, on the slowest rank" }));
    const peaks = result.memory?.peak_bytes ?? [], most = 32;
    const ranks = peaks.map((value, rank) => ({ name: `rank ${rank}`, value }));
    if (ranks.length) drawn("memory", (host) => bars(host, { rows: ranks.length <= most ? ranks : [...ranks].sort((a, b) => b.value - a.value).slice(0, most), format: bytes, title: "Peak memory of each rank" }));
  }

  /// @param result    result.json; null: there is none yet
  /// @param image     as result.json has it, or the first line of the progress
  /// @param pictures  what pictures.json has; an empty object: nothing
  function draw({ result, image, pictures }) {
    const edge_m = edges_of(image.voxel_size_m), size = size_of(image.shape), { chords, profile } = pictures.image ?? {}, found = result?.result ?? {};
    if (chords) draw_chords(chords, edge_m);
    if (size && profile) draw_profile(profile, size, edge_m, found.porosity?.total);
    if (!result) return;
    draw_intervals(result);
    if (result.image.segmentation?.histogram?.voxels?.length) draw_grey(result.image.segmentation);
    if (found.pore_size?.distribution?.radius_voxels?.length) draw_radii(found.pore_size.distribution);
    if (found.drainage) {
      draw_drained(found.drainage);
      draw_relative(found.drainage);
    }
    if (found.rev) draw_rev(found.rev);
    draw_cost(result);
  }

  /// The buttons of figures and tables within an element. @param name  begins the names of files
  function follow_buttons(within, name) {
    for (const button of within.querySelectorAll("[data-copy]")) button.addEventListener("click", () => page.copy($(button.dataset.copy).textContent, button));
    for (const button of within.querySelectorAll("[data-svg]"))
      button.addEventListener("click", () => page.save(page.svg_file($(button.dataset.svg).querySelector("svg")), `${name}-${button.dataset.svg}.svg`));
    if (!within.querySelector("#csv")) return;
    $("csv-copy").addEventListener("click", () => page.copy($("csv").textContent, $("csv-copy")));
    $("csv-save").addEventListener("click", () => page.save(new Blob([$("csv").textContent], { type: "text/csv" }), `${name}.csv`));
  }

  lapilli.figures = { draw, follow_buttons, edges_of, size_of, drawn };
})((globalThis.lapilli ??= {}));
