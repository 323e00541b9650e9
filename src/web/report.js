// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The page of one run: texts and tables are there already; this draws the charts, moves through the planes, and does what buttons say.
(function (lapilli) {
  "use strict";
  const { number, short, percent, seconds, bytes, domain } = lapilli.numbers, { plot, intervals, bars } = lapilli.charts, { page } = lapilli;
  const $ = (id) => document.getElementById(id), axes = ["x", "y", "z"];
  const data = JSON.parse($("data").textContent), { result, image, pictures, convergence, name } = data;
  const voxel = image.voxel_size_m, edge_m = typeof voxel === "number" ? { x: voxel, y: voxel, z: voxel } : Array.isArray(voxel) ? { x: voxel[2], y: voxel[1], z: voxel[0] } : null;
  const drawn = (id, draw) => $(id) && page.keep_drawn($(id), draw);

  // headline: the value to quote with its intervals, and the value as solved
  for (const host of document.querySelectorAll("[data-intervals]")) {
    const property = host.dataset.intervals, summary = result.summary[property];
    const around = (value, part) => (part == null ? null : [value * (1 - part), value * (1 + part)]);
    const rows = axes.filter((axis) => summary[axis]).map((axis) => {
      const { value, parts, grid_shift } = summary[axis];
      return { kind: axis, value, grid: around(value, parts.grid), sample: around(value, parts.sample), plain: grid_shift == null ? null : value / (1 + grid_shift) };
    });
    const all = rows.flatMap((r) => [r.value, r.plain ?? r.value, ...(r.sample ?? []), ...(r.grid ?? [])]), span = Math.max(...all) - Math.min(...all) || Math.max(...all) || 1;
    const ends = [Math.max(0, Math.min(...all) - 0.06 * span), Math.max(...all) + 0.06 * span];
    const row = () => (document.documentElement.classList.contains("printing") ? 24 : 40);
    page.keep_drawn(host, () => intervals(host, { rows, domain: ends, row: row(), title: host.dataset.title }));
  }

  // planes and surface
  const size = image.shape && { x: image.shape[2], y: image.shape[1], z: image.shape[0] };
  const labels = (image.pore ?? []).map((label) => {
    const conducts = image.conductivity?.[label];
    return `label ${label}${conducts == null ? "" : `, conducts ${short(conducts)}`}`;
  });
  const about = {
    concentration: "Driven along AXIS by a difference of 1 between the faces, or of a periodic image per repetition.",
    pressure: "Driven along AXIS by a drop of 1 between the faces, or of a periodic image per repetition.",
    speed: "In units of its mean over the pores, driven along AXIS; logarithmic, so that the pictures of all runs compare.",
  };
  if (size && document.querySelector("#pictures .view")) {
    const phases = pictures.image.colours.length - 1, pore = phases === labels.length ? labels : phases === 1 ? [`pore: ${labels.join(", ")}`] : Array.from({ length: phases }, (_, i) => `phase ${i + 1}`);
    const names = ["solid", ...(phases === 1 && labels.length === 1 ? [`pore, ${labels[0]}`] : pore)];
    lapilli.planes.views($("pictures"), { pictures, size, edge_m, names, about });
  }
  const volume = pictures.image?.volume;
  let show_surface = async () => {};
  if (size && volume && $("volume")) {
    $("cells").textContent = `${volume.shape.join(" × ")} points (z, y, x)${volume.edge > 1 ? `, each the share of pores in ${volume.edge}³ voxels` : ""}.`;
    const begin = async () => {
      const bytes_of = await lapilli.surface.unpack(`data:image/png;base64,${volume.png}`, volume.shape, volume.columns);
      const metres = axes.map((axis) => size[axis] * (edge_m?.[axis] ?? 1)), longest = Math.max(...metres);
      const view = lapilli.surface.show($("volume"), { bytes: bytes_of, shape: volume.shape, edges: metres.map((m) => m / longest) });
      if (!view) {
        $("volume").hidden = true;
        $("no-volume").hidden = false;
        $("no-volume").textContent = "This browser has no WebGL2, which the surface needs.";
        return;
      }
      addEventListener("beforeprint", () => ($("still").src = view.still()));
      page.switch_of($("inside"), (value) => view.set({ solid: value === "solid" }));
      $("cut").addEventListener("input", () => view.set({ part: $("cut").value / 100 }));
    };
    let begun = null;
    show_surface = () => (begun ??= begin());
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      show_surface();
    }, { rootMargin: "200px" }).observe($("volume"));
  }

  // inside the pores
  const unit = edge_m && size ? (Math.max(...axes.map((a) => size[a] * edge_m[a])) >= 1e-3 ? ["mm", 1e-3] : ["µm", 1e-6]) : ["voxel", 1];
  const place_of = (axis, voxels) => (voxels * (edge_m?.[axis] ?? 1)) / unit[1];
  const chords = pictures.image?.chords, profile = pictures.image?.profile;
  const chord_unit = edge_m ? ["µm", 1e-6] : ["voxel", 1];
  /// The density of chords over bins that grow with their length. @param counts  [[voxels, number], ...]
  function binned(axis, counts) {
    const edge = (edge_m?.[axis] ?? 1) / chord_unit[1], total = counts.reduce((sum, [, n]) => sum + n, 0), longest = counts.at(-1)[0], points = [];
    for (let low = 1; low <= longest; ) {
      const high = Math.max(low + 1, Math.ceil(low * 1.25)), inside = counts.reduce((sum, [voxels, n]) => sum + (voxels >= low && voxels < high ? n : 0), 0);
      if (inside) points.push({ x: ((low + high - 1) / 2) * edge, y: inside / total / ((high - low) * edge) });
      low = high;
    }
    return points;
  }
  /// Means of at most 100 parts of the axis.
  function averaged(axis, values) {
    const part = Math.ceil(values.length / 100), points = [];
    for (let i = 0; i < values.length; i += part) {
      const some = values.slice(i, i + part);
      points.push({ x: place_of(axis, i + some.length / 2), y: some.reduce((a, b) => a + b, 0) / some.length });
    }
    return points;
  }
  if ($("chords") && chords) {
    const series = axes.filter((axis) => chords[axis]?.length).map((axis) => ({ kind: axis, name: axis, line: true, step: true, marks: false, points: binned(axis, chords[axis]) }));
    const points = series.flatMap((s) => s.points);
    drawn("chords", (host) => plot(host, { series, height: 250, title: "Lengths of the chords of the pores",
      x: { label: `chord length [${chord_unit[0]}]`, log: true, domain: [Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x)) * 1.05] },
      y: { label: `share of all chords [1/${chord_unit[0]}]`, log: true, domain: domain(points.map((p) => p.y), { log: true }) } }));
  }
  if (size && $("profile") && profile) {
    const series = axes.filter((axis) => size[axis] > 1).map((axis) => ({ kind: axis, name: axis, line: true, marks: false, points: averaged(axis, profile[axis]) })), values = series.flatMap((s) => s.points.map((p) => p.y));
    const porosity = result?.result?.porosity?.total;
    drawn("profile", (host) => plot(host, { series, height: 250, title: "Porosity of the planes across each axis", rules: porosity == null ? [] : [{ y: porosity, label: "" }],
      x: { label: `place along the axis [${unit[0]}]`, domain: [0, Math.max(...axes.map((axis) => place_of(axis, size[axis])))] }, y: { label: "porosity of the plane", domain: domain(values) } }));
  }

  // the grey values that labels were made of
  const segmentation = result?.image?.segmentation, grey = segmentation?.histogram;
  if ($("grey") && grey?.voxels?.length) {
    const points = grey.voxels.map((y, i) => ({ x: grey.first + grey.width * i, y }));
    drawn("grey", (host) => plot(host, { series: [{ kind: "z", line: true, step: true, marks: false, points }], height: 250, title: "Voxels by grey value, and the thresholds",
      rules: (segmentation.thresholds ?? []).map((x) => ({ x, label: short(+x.toPrecision(5)) })),
      x: { label: "grey value after the filter", domain: [grey.first, grey.first + grey.width * grey.voxels.length] }, y: { label: "voxels", domain: [0, Math.max(...grey.voxels) * 1.05] } }));
  }

  // sizes: radii by volume, and the curves of drainage
  const sizes = result?.result?.pore_size?.distribution, drainage = result?.result?.drainage;
  if ($("radii") && sizes?.radius_voxels?.length) {
    const in_unit = sizes.radius_m ? sizes.radius_m.map((r) => r / 1e-6) : sizes.radius_voxels, length = sizes.radius_m ? "µm" : "voxel";
    const points = [{ x: 0, y: 0 }, ...in_unit.map((x, i) => ({ x, y: sizes.cumulative[i] }))];
    drawn("radii", (host) => plot(host, { series: [{ kind: "z", line: true, step: true, marks: false, points }], height: 250, title: "Share of the volume with no larger radius",
      x: { label: `radius [${length}]`, domain: [0, in_unit.at(-1) * 1.05] }, y: { label: "share of the volume", domain: [0, 1] } }));
  }
  if ($("drained") && drainage) {
    const curves = [...axes, "all"].filter((what) => drainage[what]?.curve.saturation.length).map((what) => ({ what, ...drainage[what].curve }));
    const known = curves.every((c) => c.pressure_pa.every((p) => p != null));
    const series = curves.flatMap(({ what, radius_voxels, pressure_pa, saturation, saturation_with_trapping }) => {
      const kind = what === "all" ? "z" : what, height = (i) => (known ? pressure_pa[i] / 1e3 : radius_voxels[i]);
      const line = (values, dash, label) => ({ kind, name: label, line: true, marks: false, dash, points: values.map((x, i) => ({ x, y: height(i) })) });
      return [line(saturation, undefined, what === "all" ? "" : what), ...(saturation_with_trapping ? [line(saturation_with_trapping, "3 3", "")] : [])];
    });
    const heights = series.flatMap((s) => s.points.map((p) => p.y));
    if (series.length)
      drawn("drained", (host) => plot(host, { series, height: 250, title: "Saturation and capillary pressure", x: { label: "share of the pores that is filled", domain: [0, 1] },
        y: { label: known ? "capillary pressure [kPa]" : "radius of the interface [voxel]", log: true, domain: domain(heights, { log: true }) } }));
  }

  // what both fluids let through, and how much cubes differ
  const solved = axes.filter((axis) => drainage?.[axis]?.relative?.saturation?.length);
  if ($("relative") && solved.length) {
    const line = (axis, fluid, dash, label) => ({ kind: axis, name: label, line: true, dash,
      points: drainage[axis].relative.saturation.map((x, i) => ({ x, y: drainage[axis].relative[`permeability_${fluid}`][i] })).filter((p) => p.y != null) });
    const series = solved.flatMap((axis) => [line(axis, "non_wetting", undefined, axis), line(axis, "wetting", "3 3", "")]);
    drawn("relative", (host) => plot(host, { series, height: 250, title: "Permeability of both fluids over that of dry pores",
      x: { label: "share of the pores that is filled", domain: [0, 1] }, y: { label: "relative permeability", domain: [0, 1] } }));
  }
  const rev = result?.result?.rev;
  if ($("rev") && rev) {
    const spread = (name, kind, found, dash) => ({ kind, name, line: true, dash,
      points: found.sizes.edge_voxels.map((x, i) => ({ x, y: found.sizes.spread[i], cubes: found.sizes.cubes[i] })).filter((p) => p.y > 0 && p.cubes > 1) });
    const series = [["porosity", "x"], ["specific_surface", "y"], ["mean_radius", "z"]].filter(([key]) => rev[key]).map(([key, kind]) => spread(key.replace("_", " "), kind, rev[key]));
    for (const [key, letter] of [["diffusivity", "D"], ["permeability", "k"]])
      for (const axis of axes) if (rev[key]?.[axis]) series.push(spread(`${letter} ${axis}`, axis, rev[key][axis], key === "diffusivity" ? "6 3" : "2 2"));
    const points = series.flatMap((s) => s.points);
    if (points.length)
      drawn("rev", (host) => plot(host, { series, height: 280, title: "Spread between cubes of one size",
        x: { label: "edge of the cubes [voxel]", log: true, domain: domain(points.map((p) => p.x), { log: true }) }, y: { label: "relative standard deviation", log: true, domain: domain(points.map((p) => p.y), { log: true }) } }));
  }

  // convergence of the value
  for (const property of ["diffusivity", "permeability"]) {
    const steps = convergence[property];
    if (!steps) continue;
    const solved = result?.result?.[property], first = axes.find((axis) => solved?.[axis]?.permeability_md > 0);
    const factor = property === "permeability" && first ? solved[first].permeability_md / solved[first].permeability_voxel2 : 1;
    const near = 0.2; // estimates that are larger, of the first iterations, would run out of the picture
    const point = (axis, { iteration, value, bound }) => ({
      x: iteration + 0.05 * (axes.indexOf(axis) - 1), y: value * factor,
      ...(bound <= near * Math.abs(value) ? { low: (value - bound) * factor, high: (value + bound) * factor } : { hollow: true }),
      text: `${axis}   iteration ${iteration}\n${number(value * factor, 5)}, off by ${percent(bound / Math.abs(value))} at most`,
    });
    const series = axes.filter((axis) => steps[axis]).map((axis) => ({ kind: axis, name: axis, line: true, points: steps[axis].map((step) => point(axis, step)) }));
    const points = series.flatMap((s) => s.points), last = Math.max(2, ...points.map((p) => Math.round(p.x)));
    const inside = domain(points.flatMap((p) => [p.y, p.low ?? p.y, p.high ?? p.y]));
    drawn(`converge-${property}`, (host) => plot(host, { series, height: 260, title: `The ${property} after each iteration`,
      x: { label: "iteration", domain: [0.6, last + 0.4], ticks: Array.from({ length: last }, (_, i) => i + 1).filter((i) => last < 12 || i % Math.ceil(last / 8) === 0) },
      y: { label: property === "diffusivity" ? "D/D₀" : factor === 1 ? "k [voxel²]" : "k [mD]", domain: [Math.max(0, inside[0]), inside[1]] } }));
  }

  // time and memory
  const stages = Object.entries(result?.timing ?? {}).filter(([, stage]) => stage?.max_s != null).map(([stage, { max_s, text }]) => ({ name: text ?? stage, value: max_s }));
  if (stages.length) drawn("stages", (host) => bars(host, { rows: stages, format: seconds, title: "Seconds of each stage, on the slowest rank" }));
  const peaks = result?.memory?.peak_bytes ?? [], most = 32;
  const ranks = peaks.map((value, rank) => ({ name: `rank ${rank}`, value }));
  if (ranks.length) drawn("memory", (host) => bars(host, { rows: ranks.length <= most ? ranks : [...ranks].sort((a, b) => b.value - a.value).slice(0, most), format: bytes, title: "Peak memory of each rank" }));

  // buttons
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => page.copy($(button.dataset.copy).textContent, button));
  for (const button of document.querySelectorAll("[data-svg]"))
    button.addEventListener("click", () => page.save(page.svg_file($(button.dataset.svg).querySelector("svg")), `${name}-${button.dataset.svg}.svg`));
  if ($("csv")) {
    $("csv-copy").addEventListener("click", () => page.copy($("csv").textContent, $("csv-copy")));
    $("csv-save").addEventListener("click", () => page.save(new Blob([$("csv").textContent], { type: "text/csv" }), `${name}.csv`));
  }
  page.theme($("theme"));
  page.follow([...document.querySelectorAll(".bar nav a")]);
  $("print").addEventListener("click", () => show_surface().then(() => print()));
})((globalThis.lapilli ??= {}));
