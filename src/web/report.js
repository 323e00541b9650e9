// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The page of one run: texts and tables are there already; this moves through the planes, and draws what the dashboard has not.
(function (lapilli) {
  "use strict";
  const { number, short, percent, domain } = lapilli.numbers, { plot } = lapilli.charts, { page, figures } = lapilli, { drawn } = figures;
  const $ = (id) => document.getElementById(id), axes = ["x", "y", "z"];
  const data = JSON.parse($("data").textContent), { result, image, pictures, convergence, name } = data;
  const edge_m = figures.edges_of(image.voxel_size_m), size = figures.size_of(image.shape);

  // planes and surface
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
    drawn(`converge-${property}`, (host) => plot(host, { series, height: page.chart_height(260), title: `The ${property} after each iteration`,
      x: { label: "iteration", domain: [0.6, last + 0.4], ticks: Array.from({ length: last }, (_, i) => i + 1).filter((i) => last < 12 || i % Math.ceil(last / 8) === 0) },
      y: { label: property === "diffusivity" ? "D/D₀" : factor === 1 ? "k [voxel²]" : "k [mD]", domain: [Math.max(0, inside[0]), inside[1]] } }));
  }

  figures.draw(data);
  figures.follow_buttons(document, name);
  page.theme($("theme"));
  page.follow([...document.querySelectorAll(".bar nav a")]);
  $("print").addEventListener("click", () => show_surface().then(() => print()));
})((globalThis.lapilli ??= {}));
