// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What the pages of the dashboard have in common: answers that are asked for again and again, states, and the view in the address.
(function (lapilli) {
  "use strict";
  const { number, length } = lapilli.numbers;

  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) if (value != null && value !== false) node.setAttribute(key, value === true ? "" : value);
    node.append(...children.filter((child) => child != null));
    return node;
  }

  /// An answer. A replica that is gone, or silent for so many ms, is not waited for: its connection is closed, and another one is asked,
  /// twice. A server that is lost may be met by both connections that a browser has kept.
  async function ask(address, kind = "json", patience = 4000) {
    const once = () => fetch(address, { signal: AbortSignal.timeout(patience) });
    const answer = await once().catch(once).catch(once);
    if (answer.ok) return kind === "answer" ? answer : answer[kind]();
    const words = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(words.error ?? `the server answers ${answer.status}`), { status: answer.status });
  }

  /// Does something now and then while the page is seen: after `pause` ms, or what `task` returns; where it fails up to 30 s later,
  /// not all clients at once. The corner says how old is what is shown.
  function keep_asking(task, pause = 2000) {
    const fresh = document.getElementById("fresh");
    let timer = 0, last = 0, failures = 0, busy = false;
    const say = () => {
      if (!last) return;
      const age = Math.round((Date.now() - last) / 1000);
      fresh.textContent = `${failures ? "no answer, " : ""}updated ${age < 2 ? "now" : `${age} s ago`}`;
    };
    async function turn() {
      clearTimeout(timer);
      if (document.hidden || busy) return;
      busy = true;
      let next = pause;
      try {
        next = (await task()) ?? pause;
        last = Date.now();
        failures = 0;
      } catch {
        failures += 1;
        next = Math.min(30000, pause * 2 ** failures) * (0.5 + Math.random() / 2);
      }
      busy = false;
      say();
      timer = setTimeout(turn, next);
    }
    document.addEventListener("visibilitychange", turn);
    setInterval(say, 1000);
    turn();
    return turn;
  }

  const states = { running: ["live", ""], silent: ["warn", "ring"], done: ["ok", ""], "not converged": ["warn", "ring"], stopped: ["warn", "square"], failed: ["bad", "square"], damaged: ["bad", "square"] };
  function state(word) {
    const [cls, shape] = states[word] ?? ["", ""];
    return make("span", { class: `state ${cls}` }, make("span", { class: `dot ${shape}` }), word);
  }

  /// The view is the address, so that it can be sent to somebody. @return the object, which `remember` writes back
  function view_of(usual) {
    const view = { ...usual };
    for (const [key, value] of new URLSearchParams(location.search)) if (key in usual) view[key] = value;
    const remember = () => {
      const changed = Object.entries(view).filter(([key, value]) => value !== usual[key]);
      history.replaceState(null, "", changed.length ? `?${new URLSearchParams(changed)}` : location.pathname);
    };
    return { view, remember };
  }

  const is_cube = (s) => s[0] === s[1] && s[1] === s[2];
  /// (z, y, x), as everywhere in results and on the command line.
  const shape = (s) => (!s ? "–" : is_cube(s) ? `${s[0]}³` : s.join(" × "));
  const voxels = (s) => (!s ? "" : `${shape(s)} voxels${is_cube(s) ? "" : " (z, y, x)"}`);
  /// "2 µm", of no cube "4 µm × 2 µm × 2 µm (z, y, x)"; "–": not known.
  const voxel = (edges) => (!edges ? "–" : Array.isArray(edges) ? `${edges.map((edge) => length(1, edge)).join(" × ")} (z, y, x)` : length(1, edges));
  /// What a run does now, in the words of the terminal, the first of them a title; "": nothing is known.
  function doing(now) {
    const stage = { diffusivity: "Diffusion", permeability: "Flow" }[now?.stage] ?? now?.stage ?? "", title = stage.charAt(0).toUpperCase() + stage.slice(1);
    return [now?.axis ? `${title} along ${now.axis}` : title, now?.iteration ? `iteration ${now.iteration}` : "", now?.left_s ? `about ${lapilli.numbers.seconds(now.left_s)} left` : ""].filter(Boolean);
  }
  const ranks = (n) => (n ? `${n} ${n === 1 ? "rank" : "ranks"}` : "");
  /// How far a number may be off, by all sources that were measured.
  const off = (q) => (q ? (q.solver ?? 0) + (q.grid ?? 0) + (q.sample ?? 0) : null);
  const when = (seconds) => {
    const date = new Date(seconds * 1000), today = date.toDateString() === new Date().toDateString();
    return today ? date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) : date.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  };
  const run_address = (id) => `/runs/${encodeURIComponent(id)}`;

  /// Quantities that a chart of runs can show.
  const quantities = {
    permeability: { title: "Permeability", label: "k [mD]", short: "k", log: true, of: (row, axis) => row.permeability?.[axis] },
    diffusivity: { title: "Diffusivity", label: "D/D₀", short: "D/D₀", log: false, of: (row, axis) => row.diffusivity?.[axis] },
    formation_factor: { title: "Formation factor", label: "F", short: "F", log: true, of: (row, axis) => row.diffusivity?.[axis] && { ...row.diffusivity[axis], value: 1 / row.diffusivity[axis].value } },
  };

  /// One chart of all runs: a quantity against the porosity, with its intervals and, of F, Archie's law.
  /// @param points  as /api/v1/compare gives them
  function scatter(host, { points, archie, what, axis, on_hover, height = 340 }) {
    const q = quantities[what], unit = what === "permeability" ? "\u00a0mD" : "", { domain } = lapilli.numbers;
    const shown = points.map((p) => ({ ...p, text: `${p.name}\nφ ${number(p.x, 3)}   ${q.short} ${number(p.y)}${unit}` }));
    const values = points.flatMap((p) => [p.low, p.high, p.y]);
    const curves = archie ? [{ f: (x) => x ** -archie.exponent, label: `F = φ^−${archie.exponent.toFixed(2)}` }] : [];
    lapilli.charts.plot(host, {
      series: [{ kind: axis, points: shown }], curves, height, title: `${q.title} along ${axis} against porosity, ${points.length} runs`,
      x: { label: "porosity φ", domain: [0, Math.max(0.1, Math.ceil(Math.max(0, ...points.map((p) => p.x)) * 10 + 0.3) / 10)] },
      y: { label: `${q.title} ${q.label}, along ${axis}`, log: q.log, domain: domain(values, { log: q.log, zero: !q.log }) },
      on_hover, on_open: (id) => (location.href = run_address(id)) });
  }
  function say_archie(archie, points) {
    if (!points.length) return "No run has both numbers.";
    const line = "Each point is a run, its line what makes it unsure.";
    return archie ? `${line} Archie’s law through ${archie.points} runs: F = φ⁻ᵐ with m = ${archie.exponent.toFixed(2)} ± ${archie.error.toFixed(2)}.` : line;
  }

  const theme = document.getElementById("theme");
  if (theme) lapilli.page.theme(theme);
  lapilli.site = { make, ask, keep_asking, state, view_of, shape, voxels, voxel, doing, ranks, off, when, run_address, quantities, scatter, say_archie };
})((globalThis.lapilli ??= {}));
