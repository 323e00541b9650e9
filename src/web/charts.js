// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Charts as SVG, drawn at the width of the element that they get, so that their text has 12 px at any width. Colours are classes
// of style.css: kind x, y, z, or n for what is no axis. x is also a circle, y a square, z a triangle.
(function (lapilli) {
  "use strict";
  const { number, short, linear_ticks, log_ticks, log_format } = lapilli.numbers;
  const GAP = 14; // between names at the ends of lines

  function svg(name, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes ?? {})) if (value != null) node.setAttribute(key, value);
    node.append(...children.filter((child) => child != null));
    return node;
  }
  const text = (x, y, words, more) => svg("text", { x, y, ...more }, words);

  /// Values to places; beyond the domain at its end.
  function scale({ domain, log }, from, to) {
    const [low, high] = domain, f = log ? Math.log10 : (v) => v, a = f(low), b = f(high);
    return (v) => from + ((f(Math.min(high, Math.max(low, v))) - a) / (b - a || 1)) * (to - from);
  }
  function marker(kind, x, y, { hollow = false, size = 4 } = {}) {
    const cls = `mark s${kind} ${hollow ? "hollow" : `f${kind}`}`;
    if (kind === "y") return svg("rect", { class: cls, x: x - size + 0.5, y: y - size + 0.5, width: 2 * size - 1, height: 2 * size - 1 });
    if (kind === "z") return svg("path", { class: cls, d: `M${x} ${y - size - 0.5}l${size + 0.5} ${2 * size}h${-2 * size - 1}Z` });
    return svg("circle", { class: cls, cx: x, cy: y, r: size });
  }
  const pen = document.createElement("canvas").getContext("2d");
  /// How wide a text of a chart is [px].
  function width_of(words, weight = 400) {
    pen.font = `${weight} 12px ${getComputedStyle(document.documentElement).getPropertyValue("--sans")}`;
    return pen.measureText(words).width;
  }
  const picture = (width, height, title) => svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": title });

  /// The name of y stands above its numbers, that of x below them at the right.
  function frame(host, { x, y, height = 240, left = 52, right = 16, title }) {
    const width = Math.max(200, host.clientWidth), top = y.label ? 30 : 8, bottom = height - (x.label ? 42 : 22);
    const X = scale(x, left, width - right), Y = scale(y, bottom, top), root = picture(width, height, title);
    const ticks = (axis, wanted) => axis.ticks ?? (axis.log ? log_ticks : linear_ticks)(...axis.domain, wanted);
    const y_ticks = ticks(y, 4), x_ticks = ticks(x, (width - left - right) / 80);
    const format = (axis, all) => axis.format ?? (axis.log ? log_format(all) : short);
    for (const v of y_ticks) root.append(svg("line", { class: "hair", x1: left, x2: width - right, y1: Y(v), y2: Y(v) }), text(left - 8, Y(v) + 4, format(y, y_ticks)(v), { "text-anchor": "end" }));
    root.append(svg("line", { class: "base", x1: left, x2: width - right, y1: bottom, y2: bottom }));
    let free = -Infinity;
    for (const v of x_ticks) {
      const words = format(x, x_ticks)(v), half = words.length * 3.5;
      root.append(svg("line", { class: "base", x1: X(v), x2: X(v), y1: bottom, y2: bottom + 4 }));
      if (X(v) - half < free) continue;
      root.append(text(X(v), bottom + 17, words, { "text-anchor": "middle" }));
      free = X(v) + half + 6;
    }
    if (y.label) root.append(text(0, 12, y.label, { class: "label" }));
    if (x.label) root.append(text(width - right, height - 4, x.label, { class: "label", "text-anchor": "end" }));
    return { root, X, Y, width, height, left, right, top, bottom };
  }

  /// Says what is nearest to the pointer, or by the arrow keys what is next. @param targets  {x, y, text, id}
  function explain(host, chart, targets, { on_hover, on_open } = {}) {
    const { root } = chart, ring = svg("circle", { class: "ring", r: 8, visibility: "hidden" });
    root.append(ring);
    let tip = null, at = -1;
    const hide = () => {
      tip?.remove();
      tip = null;
      at = -1;
      ring.setAttribute("visibility", "hidden");
      on_hover?.(null);
    };
    const show = (i) => {
      const t = targets[(at = i)];
      ring.setAttribute("cx", t.x);
      ring.setAttribute("cy", t.y);
      ring.setAttribute("visibility", "visible");
      if (!tip) host.append((tip = Object.assign(document.createElement("div"), { className: "tip" })));
      tip.textContent = t.text;
      tip.style.left = `${Math.max(0, Math.min(t.x - tip.offsetWidth / 2, chart.width - tip.offsetWidth))}px`;
      tip.style.top = `${t.y > tip.offsetHeight + GAP ? t.y - tip.offsetHeight - 12 : t.y + 12}px`;
      on_hover?.(t.id ?? null);
    };
    const nearest = (event) => {
      const box = root.getBoundingClientRect(), k = chart.width / box.width;
      const px = (event.clientX - box.left) * k, py = (event.clientY - box.top) * k;
      const distance = (t) => (t.x - px) ** 2 + (t.y - py) ** 2;
      const best = targets.reduce((b, t, i) => (b < 0 || distance(t) < distance(targets[b]) ? i : b), -1);
      return best >= 0 && distance(targets[best]) < 1600 ? best : -1;
    };
    root.addEventListener("pointermove", (event) => {
      const best = nearest(event);
      if (best < 0) hide();
      else if (best !== at) show(best);
    });
    root.addEventListener("pointerleave", hide);
    root.addEventListener("blur", hide);
    if (on_open) root.addEventListener("click", (event) => nearest(event) >= 0 && on_open(targets[nearest(event)].id));
    root.setAttribute("tabindex", "0");
    root.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === "Escape") hide();
      if (event.key === "Enter" && at >= 0) on_open?.(targets[at].id);
      if (!step || !targets.length) return;
      event.preventDefault();
      show((at + step + targets.length) % targets.length);
    });
  }

  /// The names of lines at their ends, pushed apart where they would touch.
  function name_ends(chart, ends) {
    ends.sort((a, b) => a.y - b.y);
    ends.forEach((end, i) => (end.at = i && end.y - ends[i - 1].at < GAP ? ends[i - 1].at + GAP : end.y));
    const over = Math.max(0, (ends.at(-1)?.at ?? 0) - chart.bottom);
    for (const end of ends) chart.root.append(text(end.x + 9, end.at - over + 4, end.name, { class: `name f${end.kind}` }));
  }

  /// Lines and points over two axes.
  /// @param series   [{kind, name, points: [{x, y, low, high, text, id, hollow}], line, gaps, step, bars, marks, dash}]: `low` and `high` are the
  ///                 ends of an interval, `bars` stand from `from` to `to` of a point; a point without a number is left out, and is a gap
  ///                 in the line of a series with `gaps`
  /// @param rules    [{y, label}] horizontal, or [{x, label}] upright lines
  /// @param curves   [{f, label, dash}] functions of x
  function plot(host, { series = [], rules = [], curves = [], x, y, height, title, right, on_hover, on_open }) {
    const names = series.filter((s) => s.name && s.line).map((s) => width_of(s.name, 650));
    const chart = frame(host, { x, y, height, title, right: right ?? (names.length ? Math.max(34, 12 + Math.max(...names)) : 16) }), { root, X, Y } = chart, targets = [], ends = [];
    const usable = (p) => Number.isFinite(p.x) && Number.isFinite(p.y) && (!x.log || p.x > 0) && (!y.log || p.y > 0);
    for (const c of curves) draw_curve(chart, c, x, y);
    for (const s of series) {
      const points = s.points.filter(usable), begins = (p, i) => i === 0 || (s.gaps && s.points[s.points.indexOf(p) - 1] !== points[i - 1]);
      if (s.line) {
        const d = points.map((p, i) => (begins(p, i) ? `M${X(p.x)} ${Y(p.y)}` : s.step ? `H${X(p.x)}V${Y(p.y)}` : `L${X(p.x)} ${Y(p.y)}`)).join("");
        root.append(svg("path", { class: `line s${s.kind}`, d, "stroke-dasharray": s.dash }));
        if (points.length && s.name) ends.push({ kind: s.kind, name: s.name, x: s.step ? chart.width - chart.right : X(points.at(-1).x), y: Y(points.at(-1).y) });
      }
      for (const p of points) {
        const group = svg("g", { "data-id": p.id }), px = X(p.x), py = Y(p.y);
        if (s.bars) group.append(svg("rect", { class: `f${s.kind}`, x: X(p.from) + 0.5, width: Math.max(1, X(p.to) - X(p.from) - 1), y: py, height: chart.bottom - py }));
        if (Number.isFinite(p.low) && Number.isFinite(p.high)) group.append(svg("line", { class: `range s${s.kind}`, x1: px, x2: px, y1: Y(p.low), y2: Y(p.high) }));
        if (s.marks !== false && !s.bars) group.append(marker(s.kind, px, py, { hollow: p.hollow, size: s.line ? 3.5 : 4 }));
        root.append(group);
        targets.push({ x: px, y: py, id: p.id, text: p.text ?? `${s.name ? `${s.name}   ` : ""}${short(+p.x.toPrecision(4))}\n${number(p.y)}` });
      }
    }
    for (const r of rules)
      root.append(
        svg("line", { class: "rule", x1: r.x == null ? chart.left : X(r.x), x2: r.x == null ? chart.width - chart.right : X(r.x), y1: r.y == null ? chart.top : Y(r.y), y2: r.y == null ? chart.bottom : Y(r.y) }),
        text(r.x == null ? chart.left + 6 : X(r.x) + 6, r.y == null ? chart.top + 10 : Y(r.y) - 6, r.label ?? "", { class: "label" }));
    name_ends(chart, ends);
    host.replaceChildren(root);
    explain(host, chart, targets, { on_hover, on_open });
  }
  function draw_curve({ root, X, Y }, curve, x, y) {
    const [low, high] = x.domain, steps = Array.from({ length: 61 }, (_, i) => i / 60);
    const seen = steps.map((s) => (x.log ? low * (high / low) ** s : low + (high - low) * s)).map((v) => [v, curve.f(v)]).filter(([, w]) => w >= y.domain[0] && w <= y.domain[1]);
    if (!seen.length) return;
    root.append(svg("path", { class: "line sn", "stroke-dasharray": curve.dash, d: seen.map(([v, w], i) => `${i ? "L" : "M"}${X(v)} ${Y(w)}`).join("") }));
    const [v, w] = seen[Math.floor((seen.length - 1) * 0.8)];
    if (curve.label) root.append(text(X(v) - 8, Y(w) - 8, curve.label, { class: "label", "text-anchor": "end" }));
  }

  /// A row for each axis: a mark for the value, a thick bar for what the grid leaves open, a thin one for another sample, a hollow
  /// mark for the value as solved. @param rows  [{kind, value, grid: [low, high], sample: [low, high], plain}]
  function intervals(host, { rows, domain, row = 40, title }) {
    const width = Math.max(90, host.clientWidth), height = rows.length * row + 24, X = scale({ domain }, 8, width - 8), root = picture(width, height, title);
    const ticks = linear_ticks(...domain, width / 80);
    for (const t of ticks) root.append(svg("line", { class: "hair", x1: X(t), x2: X(t), y1: 4, y2: rows.length * row }), text(X(t), height - 8, short(t), { "text-anchor": X(t) < 16 ? "start" : X(t) > width - 16 ? "end" : "middle" }));
    rows.forEach((r, i) => {
      const at = i * row + row / 2, bar = (cls, [low, high]) => root.append(svg("line", { class: `${cls} s${r.kind}`, x1: X(low), x2: X(high), y1: at, y2: at }));
      if (r.sample) bar("range", r.sample);
      if (r.grid) bar("thick", r.grid);
      if (r.plain != null) root.append(marker(r.kind, X(r.plain), at, { hollow: true }));
      if (r.value != null) root.append(marker(r.kind, X(r.value), at, { size: 5 }));
    });
    host.replaceChildren(root);
  }

  /// Horizontal bars with their names before and their values behind them. @param rows  [{name, value, kind}]
  function bars(host, { rows, max, format = short, title, name_width, row = 24 }) {
    const width = Math.max(200, host.clientWidth), height = rows.length * row + 4;
    const names = name_width ?? 8 + Math.max(...rows.map((r) => width_of(r.name))), values = 16 + Math.max(...rows.map((r) => width_of(format(r.value))));
    const X = scale({ domain: [0, max ?? Math.max(...rows.map((r) => r.value), 1e-300)] }, names, Math.max(names + 24, width - values)), root = picture(width, height, title);
    rows.forEach((r, i) => {
      const y = i * row;
      root.append(text(0, y + 16, r.name, { class: "label" }), svg("rect", { class: `f${r.kind ?? "n"}`, x: names, y: y + 5, width: Math.max(1, X(r.value) - names), height: row - 9, rx: 1.5 }), text(X(r.value) + 8, y + 16, format(r.value)));
    });
    root.append(svg("line", { class: "base", x1: names, x2: names, y1: 0, y2: rows.length * row }));
    host.replaceChildren(root);
  }

  lapilli.charts = { svg, text, scale, marker, picture, plot, intervals, bars };
})((globalThis.lapilli ??= {}));
