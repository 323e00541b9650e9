// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Numbers as people read them, and the numbers that stand along an axis. Each script of this folder adds a name to `lapilli`.
(function (lapilli) {
  "use strict";
  const THIN = "\u202f";

  const superscript = (n) => String(n).replace(/[-0-9]/g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]);
  const typeset = (text) => {
    const grouped = /^-?\d{5,}$/.test(text.split(".")[0]) ? text.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, THIN) : text;
    return grouped.replace("-", "−");
  };

  /// 1829.7, 12 572 994, 1.33 × 10⁻¹²; "–" where there is none.
  function number(value, digits = 4) {
    if (value == null || !Number.isFinite(value)) return "–";
    if (value === 0) return "0";
    const size = Math.abs(value);
    if (size < 1e-3 || size >= 1e9) {
      const [digitsOf, exponent] = value.toExponential(Math.min(digits, 3) - 1).split("e");
      return `${typeset(digitsOf)} × 10${superscript(+exponent)}`;
    }
    return typeset(value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
  }
  /// The fewest digits that say it: 0.05, 100, 20 000.
  const short = (value) => {
    const size = Math.abs(value);
    return size !== 0 && (size < 1e-4 || size >= 1e9) ? number(value, 3).replace(/\.?0+ ×/, " ×") : typeset(String(+value.toPrecision(6)));
  };
  const power = (value) => {
    const exponent = Math.round(Math.log10(value));
    if (Math.abs(value / 10 ** exponent - 1) > 1e-6) return short(value);
    return exponent === 0 ? "1" : exponent === 1 ? "10" : "10" + superscript(exponent);
  };
  const percent = (part) => (part == null ? "–" : part > 0 && part < 1e-5 ? "< 0.001\u00a0%" : `${number(100 * part, part < 0.095 ? 1 : 2)}\u00a0%`);
  /// [m] → "20 µm"; a voxel size that is not known gives voxels.
  function length(voxels, voxel_m, digits = 3) {
    if (!voxel_m) return `${short(+voxels.toPrecision(digits))} voxels`;
    const metres = voxels * voxel_m;
    const [name, unit] = [["m", 1], ["mm", 1e-3], ["µm", 1e-6], ["nm", 1e-9]].find(([, u]) => Math.abs(metres) >= u * 0.9999) ?? ["nm", 1e-9];
    return `${short(+(metres / unit).toPrecision(digits))}\u00a0${name}`;
  }
  const seconds = (s) => {
    if (s >= 5400) return `${number(s / 3600, 2)} h`;
    if (s >= 99.5) return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
    return s >= 9.95 ? `${Math.round(s)} s` : `${number(s, 2)} s`;
  };
  const bytes = (b) => (b >= 1e9 ? `${number(b / 1e9, 3)} GB` : b >= 1e6 ? `${Math.round(b / 1e6)} MB` : `${Math.round(b / 1e3)} kB`);

  /// About so many round numbers of a linear axis.
  function linear_ticks(low, high, wanted) {
    const raw = (high - low) / Math.max(1, wanted) || 1, magnitude = 10 ** Math.floor(Math.log10(raw));
    const step = magnitude * [1, 2, 5, 10].find((m) => m * magnitude >= raw * 0.999);
    const ticks = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(+(i * step).toPrecision(12));
    return ticks;
  }
  /// Powers of ten, or where there is less than two decades 1, 2, 5 of them.
  function log_ticks(low, high, wanted) {
    const first = Math.ceil(Math.log10(low) - 1e-9), last = Math.floor(Math.log10(high) + 1e-9);
    const exponents = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
    if (last - first >= 2) {
      const every = Math.ceil(exponents.length / Math.max(2, wanted));
      return exponents.filter((e) => (last - e) % every === 0).map((e) => 10 ** e);
    }
    return [first - 1, ...exponents, last + 1].flatMap((e) => [1, 2, 5].map((m) => m * 10 ** e)).filter((v) => v >= low * 0.999 && v <= high * 1.001);
  }
  /// On a logarithmic axis: plain numbers where all are, else powers of ten for all.
  const log_format = (ticks) => (ticks.every((v) => v >= 0.0099 && v <= 50001) ? short : power);
  /// Round limits around some values: [0.2, 0.5].
  function domain(values, { log = false, zero = false } = {}) {
    const all = values.filter((v) => Number.isFinite(v) && (!log || v > 0));
    if (!all.length) return log ? [0.1, 10] : [0, 1];
    let low = Math.min(...all), high = Math.max(...all);
    if (log) return [10 ** Math.floor(Math.log10(low) + 1e-9), 10 ** Math.max(Math.floor(Math.log10(low) + 1e-9) + 1, Math.ceil(Math.log10(high) - 1e-9))];
    if (zero) low = Math.min(0, low);
    if (low === high) { const more = Math.abs(low) * 0.1 || 1; low = zero && low === 0 ? 0 : low - more; high += more; }
    const ticks = linear_ticks(low, high, 4), step = ticks.length > 1 ? ticks[1] - ticks[0] : high - low;
    return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  }

  lapilli.numbers = { number, short, power, percent, length, seconds, bytes, superscript, linear_ticks, log_ticks, log_format, domain };
})((globalThis.lapilli ??= {}));
