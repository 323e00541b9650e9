// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// What pages have in common: drawing again when the width changes, light and dark, copies and files.
(function (lapilli) {
  "use strict";
  const kept = new Map();

  /// Draws now, when the width of the element changes, and for paper at the width of paper.
  function keep_drawn(host, draw) {
    let width = 0;
    kept.set(host, draw);
    new ResizeObserver(() => {
      if (!host.clientWidth || Math.abs(host.clientWidth - width) < 1) return;
      width = host.clientWidth;
      draw(host);
    }).observe(host);
  }
  const printing = () => document.documentElement.classList.contains("printing");
  /// Of a chart [px]: paper is dear.
  const chart_height = (usual) => (printing() ? Math.round(0.68 * usual) : usual);
  const draw_all = () => kept.forEach((draw, host) => host.clientWidth && draw(host));
  for (const [event, begins] of [["beforeprint", true], ["afterprint", false]])
    addEventListener(event, () => {
      document.documentElement.classList.toggle("printing", begins);
      draw_all();
    });

  /// The drawing as a file of its own: the colours and fonts of the page are written into it.
  function svg_file(node) {
    const styles = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "font-size", "font-weight", "font-family"];
    const copy = node.cloneNode(true), from = [node, ...node.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((original, i) => {
      const style = getComputedStyle(original);
      for (const key of styles) if (style.getPropertyValue(key)) to[i].setAttribute(key, style.getPropertyValue(key));
      for (const key of ["class", "tabindex"]) to[i].removeAttribute(key);
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  }
  function save(blob, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  /// Copies; where the clipboard is refused, as it may be to a page from a file, by a selection.
  async function copy(words, button) {
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: words });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = said), 1500);
  }

  /// Light, dark, or as the system says; kept where the page may keep anything.
  function theme(group) {
    const key = "lapilli-theme", buttons = [...group.querySelectorAll("button")];
    const set = (value) => {
      if (value) document.documentElement.dataset.theme = value;
      else delete document.documentElement.dataset.theme;
      for (const b of buttons) b.setAttribute("aria-pressed", String(b.value === value));
    };
    let stored = "";
    try {
      stored = localStorage.getItem(key) ?? "";
    } catch {
      // a page from a file may have no store
    }
    set(["light", "dark"].includes(stored) ? stored : "");
    for (const b of buttons)
      b.addEventListener("click", () => {
        set(b.value);
        try {
          localStorage.setItem(key, b.value);
        } catch {
          // as above
        }
      });
  }
  /// Marks the link of the section that is read. @param links  to sections of this page
  function follow(links) {
    const mark = (id) => links.forEach((l) => (l.hash === `#${id}` ? l.setAttribute("aria-current", "true") : l.removeAttribute("aria-current")));
    const seen = new IntersectionObserver((entries) => entries.filter((e) => e.isIntersecting).forEach((e) => mark(e.target.id)), { rootMargin: "-20% 0px -70% 0px" });
    for (const link of links) {
      const section = document.getElementById(link.hash.slice(1));
      if (section) seen.observe(section);
    }
  }
  /// A row of buttons of which one is pressed. @param changed  called with its value
  function switch_of(group, changed) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      press(group, button.value);
      changed(button.value);
    });
  }
  function press(group, value) {
    for (const b of group.querySelectorAll("button")) b.setAttribute("aria-pressed", String(b.value === value));
  }

  lapilli.page = { keep_drawn, draw_all, printing, chart_height, svg_file, save, copy, theme, follow, switch_of, press };
})((globalThis.lapilli ??= {}));
