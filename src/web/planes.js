// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Planes of an image that cross each other: a picture for each normal, a slider for its place, and what is drawn over it.
(function (lapilli) {
  "use strict";
  const { svg, text, scale, picture } = lapilli.charts;
  const { short, number, length, linear_ticks, log_ticks, power } = lapilli.numbers;
  const across = { z: ["x", "y"], y: ["x", "z"], x: ["y", "z"] };

  /// The largest of 1, 2, 5 times a power of ten that is not longer.
  function round_below(longest) {
    const magnitude = 10 ** Math.floor(Math.log10(longest));
    return [5, 2, 1].find((m) => m * magnitude <= longest * 1.0001) * magnitude;
  }

  /// What lies over a picture: where other planes cut it, arrows of its axes, a bar of a known length.
  /// @param size   voxels by axis      @param edge_m  of a voxel by axis; absent: lengths in voxels
  /// @param cuts   places of the other planes by axis [voxel]
  function overlay(node, normal, { size, edge_m, cuts }) {
    const [h, v] = across[normal], width = node.parentNode.clientWidth, height = node.parentNode.clientHeight;
    if (!width || !height) return;
    const plate = (x, y, w, t) => svg("rect", { class: "plate", x, y, width: w, height: t, rx: 3 });
    const parts = [];
    if (cuts[h] != null) parts.push(svg("path", { class: `cut ${h}`, d: `M${((cuts[h] + 0.5) / size[h]) * width} 0V${height}` }));
    if (cuts[v] != null) parts.push(svg("path", { class: `cut ${v}`, d: `M0 ${((cuts[v] + 0.5) / size[v]) * height}H${width}` }));
    const edge = edge_m?.[h], bar = round_below(0.3 * size[h] * (edge ?? 1)), long = (bar / (edge ?? 1) / size[h]) * width;
    const words = edge ? length(bar / edge, edge) : `${short(bar)} voxel${bar === 1 ? "" : "s"}`, wide = Math.max(long, words.length * 7) + 16;
    parts.push(
      plate(6, 6, 46, 46), svg("path", { class: "arrow", d: "M15 16h20m-4-3.5l4 3.5l-4 3.5M15 16v20m-3.5-4l3.5 4l3.5-4" }),
      text(39, 20, h, { class: "on" }), text(11.5, 48, v, { class: "on" }),
      plate(width - wide - 6, height - 34, wide, 28), svg("rect", { class: "bar", x: width - 6 - wide / 2 - long / 2, y: height - 13, width: long, height: 3 }),
      text(width - 6 - wide / 2, height - 18, words, { class: "on", "text-anchor": "middle" }));
    node.setAttribute("viewBox", `0 0 ${width} ${height}`);
    node.replaceChildren(...parts);
  }

  /// The colours of a scale with numbers along them. @param scale_of  {low, high, log, colours: ["#..."], unit}
  function colour_bar(host, { low, high, log, colours, unit = "" }) {
    const width = Math.max(160, host.clientWidth), X = scale({ domain: [low, high], log }, 1, width - 1);
    const root = picture(width, 40, `colours from ${number(low)} to ${number(high)} ${unit}`), shown = colours.slice(1), step = (width - 2) / shown.length;
    shown.forEach((fill, i) => root.append(svg("rect", { x: 1 + i * step, y: 0, width: step + 0.5, height: 14, fill })));
    const ticks = (log ? log_ticks : linear_ticks)(low, high, 4);
    for (const t of ticks) root.append(svg("line", { class: "base", x1: X(t), x2: X(t), y1: 14, y2: 18 }), text(X(t), 31, log ? power(t) : short(t), { "text-anchor": X(t) < 12 ? "start" : X(t) > width - 12 ? "end" : "middle" }));
    host.replaceChildren(root);
  }

  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });
  /// The index in the palette of the pixel at (fx, fy), both from 0 to 1: a colour says its value.
  function index_at(image, fx, fy, colours) {
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    pen.drawImage(image, 0, 0);
    const [r, g, b, a] = pen.getImageData(Math.floor(fx * canvas.width), Math.floor(fy * canvas.height), 1, 1).data;
    if (a < 128) return 0;
    const far = (hex) => (parseInt(hex.slice(1, 3), 16) - r) ** 2 + (parseInt(hex.slice(3, 5), 16) - g) ** 2 + (parseInt(hex.slice(5, 7), 16) - b) ** 2;
    let best = 0;
    colours.forEach((hex, i) => { if (far(hex) < far(colours[best])) best = i; });
    return best;
  }
  /// The value of an index of a scale, as far as its steps tell.
  function value_of(index, { low, high, log, colours }) {
    const part = (index - 1) / (colours.length - 2);
    return log ? low * (high / low) ** part : low + part * (high - low);
  }

  /// Shows the pictures of a run in the figures of class view. @param pictures  by name, see docs/files.md
  /// @param names  of the labels, the solid first
  function views(root, { pictures, size, edge_m, names, about }) {
    const figures = [...root.querySelectorAll(".view")].map((node) => ({ node, normal: node.dataset.normal, image: node.querySelector("img"), over: node.querySelector("svg"), slider: node.querySelector("input"), where: node.querySelector(".where") }));
    const field_group = root.querySelector("#field"), drive_group = root.querySelector("#drive"), read = root.querySelector(".read");
    const now = { field: "image", drive: drive_group?.querySelector("button")?.value, at: {} };
    const place = (normal, index) => length(index + 0.5, edge_m?.[normal]);
    const where = (normal, index) => (size[normal] === 1 ? "" : edge_m ? `${normal} = ${place(normal, index)}, voxel ${index}` : `${normal} = voxel ${index}`);
    const shown = () => pictures[now.field === "image" ? "image" : `${now.field}_${now.drive}`];
    const plane = (normal) => {
      const list = shown()?.planes?.[normal] ?? [];
      return list[Math.min(now.at[normal] ?? Infinity, list.length - 1)];
    };
    for (const { normal } of figures) now.at[normal] = Math.floor((pictures.image.planes[normal].length - 1) / 2);

    function draw_overlays() {
      const cuts = Object.fromEntries(figures.map(({ normal }) => [normal, plane(normal)?.index]));
      for (const f of figures) overlay(f.over, f.normal, { size, edge_m, cuts });
    }
    function show() {
      for (const f of figures) {
        const list = shown()?.planes?.[f.normal] ?? [], p = plane(f.normal);
        f.node.classList.toggle("missing", !p);
        if (!p) continue;
        f.image.src = `data:image/png;base64,${p.png}`;
        f.image.alt = `${now.field === "image" ? "Labels" : `${now.field} driven along ${now.drive}`} in the plane ${f.normal} = ${place(f.normal, p.index)}`;
        f.where.textContent = where(f.normal, p.index);
        f.slider.disabled = list.length < 2; // then it stands in the middle, as its plane does
        f.slider.max = f.slider.disabled ? 2 : list.length - 1;
        f.slider.value = f.slider.disabled ? 1 : Math.min(now.at[f.normal], list.length - 1);
        f.slider.parentNode.hidden = pictures.image.planes[f.normal].length < 2;
        f.slider.setAttribute("aria-valuetext", place(f.normal, p.index));
      }
      lapilli.page.press(field_group, now.field);
      if (drive_group) {
        lapilli.page.press(drive_group, now.field === "image" ? "" : now.drive);
        for (const b of drive_group.querySelectorAll("button")) b.disabled = now.field === "image" || !pictures[`${now.field}_${b.value}`];
      }
      draw_overlays();
      draw_legend();
    }
    function draw_legend() {
      const labels = root.querySelector(".legend .labels"), colours = root.querySelector(".legend .colours");
      const field = now.field !== "image", p = shown();
      labels.hidden = field;
      colours.hidden = !field;
      root.querySelector(".legend .about").textContent = field ? about[now.field].replaceAll("AXIS", now.drive) : "";
      if (field && p) colour_bar(colours.firstElementChild, p);
      else labels.replaceChildren(...names.map((name, i) => {
        const item = document.createElement("span"), swatch = svg("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" }, svg("rect", { width: 14, height: 14, rx: 2, fill: pictures.image.colours[i] }));
        item.append(swatch, name);
        return item;
      }));
    }
    function say(f, event) {
      const box = f.image.getBoundingClientRect(), clamp = (v) => Math.min(0.9999, Math.max(0, v)), [h, v] = across[f.normal];
      const fx = clamp((event.clientX - box.left) / box.width), fy = clamp((event.clientY - box.top) / box.height), p = shown();
      const index = index_at(f.image, fx, fy, p.colours), at = plane(f.normal).index;
      const words = now.field === "image" ? names[index] : index === 0 ? "solid, or takes no part" : `about ${number(value_of(index, p), 2)}`;
      read.textContent = `${h} ${place(h, Math.floor(fx * size[h]))}, ${v} ${place(v, Math.floor(fy * size[v]))}, ${f.normal} ${place(f.normal, at)}: ${words}`;
    }
    for (const f of figures) {
      const [h, v] = across[f.normal];
      f.image.parentNode.style.aspectRatio = `${size[h] * (edge_m?.[h] ?? 1)} / ${size[v] * (edge_m?.[v] ?? 1)}`;
      f.image.addEventListener("pointermove", (event) => plane(f.normal) && say(f, event));
      f.image.addEventListener("pointerleave", () => (read.textContent = "Point at a picture to read a value."));
      f.slider.addEventListener("input", () => { now.at[f.normal] = +f.slider.value; show(); });
      lapilli.page.keep_drawn(f.image.parentNode, draw_overlays);
    }
    lapilli.page.switch_of(field_group, (value) => {
      now.field = value;
      if (value !== "image" && !pictures[`${value}_${now.drive}`]) now.drive = ["x", "y", "z"].find((axis) => pictures[`${value}_${axis}`]);
      show();
    });
    if (drive_group) lapilli.page.switch_of(drive_group, (value) => { now.drive = value; show(); });
    lapilli.page.keep_drawn(root.querySelector(".legend"), draw_legend);
    show();
  }

  lapilli.planes = { views, overlay, colour_bar, index_at, value_of };
})((globalThis.lapilli ??= {}));
