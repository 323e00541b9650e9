// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The surface between pores and solid: a ray for each pixel goes through a volume of bytes (WebGL2) until it meets the surface.
(function (lapilli) {
  "use strict";

  const vertex = `#version 300 es
    out vec2 place;
    void main() { // one triangle that covers the picture
      place = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0;
      gl_Position = vec4(place, 0.0, 1.0);
    }`;
  const fragment = `#version 300 es
    precision highp float;
    precision highp sampler3D;
    in vec2 place;
    out vec4 colour;
    uniform sampler3D volume;
    uniform mat3 turn;           // columns: right, up, towards the eye
    uniform vec3 box, cell;      // edges of the image and of a byte of it, the longest edge of the image being 1
    uniform vec3 body, face;     // colours of the surface and of the faces of the image
    uniform float aspect, zoom, part, solid;

    float filled(vec3 p) { return abs(solid - texture(volume, p / box + 0.5).r); }
    vec3 slope(vec3 p) {
      vec3 x = vec3(cell.x, 0, 0), y = vec3(0, cell.y, 0), z = vec3(0, 0, cell.z);
      return vec3(filled(p - x) - filled(p + x), filled(p - y) - filled(p + y), filled(p - z) - filled(p + z));
    }
    /// How much of the sky is seen from a place: what is near shades it.
    float openness(vec3 p, vec3 normal) {
      float seen = 1.0;
      for (int i = 1; i <= 5; i++) seen -= 0.15 * filled(p + normal * cell * (2.2 * float(i)));
      return max(0.3, seen);
    }
    void main() {
      vec3 eye = turn * vec3(place.x * aspect * zoom, place.y * zoom, 2.0), ray = -turn[2];
      vec3 low = -0.5 * box, high = 0.5 * box;
      high.z = mix(low.z, high.z, part);
      vec3 a = (low - eye) / ray, b = (high - eye) / ray, enter = min(a, b), leave = max(a, b);
      float t = max(max(enter.x, enter.y), enter.z), end = min(min(leave.x, leave.y), leave.z);
      colour = vec4(0.0);
      if (t > end) return;
      vec3 normal = -sign(ray) * vec3(greaterThanEqual(enter, vec3(t - 1e-5)));
      t += 1e-4;
      float step_length = 0.6 * min(cell.x, min(cell.y, cell.z)), before = filled(eye + ray * t);
      bool on_face = before > 0.5;
      for (int i = 0; i < 700 && !on_face; i++) {
        t += step_length;
        if (t > end) return;
        float now = filled(eye + ray * t);
        if (now > 0.5) { t -= step_length * (now - 0.5) / (now - before); break; }
        before = now;
      }
      vec3 p = eye + ray * t, light = normalize(turn * vec3(0.4, 0.7, 0.9));
      if (on_face) { colour = vec4(face * (0.8 + 0.2 * max(0.0, dot(normal, light))), 1.0); return; }
      normal = normalize(slope(p) + 1e-6);
      float day = 0.35 + 0.65 * max(0.0, dot(normal, light)), depth = 1.0 - 0.25 * clamp((t - 1.2) / 1.6, 0.0, 1.0);
      float rim = 0.12 * pow(1.0 - abs(dot(normal, ray)), 3.0);
      colour = vec4(body * day * depth * openness(p, normal) + rim, 1.0);
    }`;

  function program_of(gl) {
    const program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
  }

  /// @param bytes  shares of pores, 0 ... 255, x fastest     @param shape  [nz, ny, nx] of them
  /// @param edges  of the image, [x, y, z], the longest 1.   @return null where there is no WebGL2
  function show(canvas, { bytes, shape: [nz, ny, nx], edges }) {
    const gl = canvas.getContext("webgl2", { antialias: false, premultipliedAlpha: true }), program = gl && program_of(gl);
    if (!program) return null;
    gl.useProgram(program);
    gl.bindTexture(gl.TEXTURE_3D, gl.createTexture());
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texImage3D(gl.TEXTURE_3D, 0, gl.R8, nx, ny, nz, 0, gl.RED, gl.UNSIGNED_BYTE, bytes);
    for (const key of ["MIN_FILTER", "MAG_FILTER"]) gl.texParameteri(gl.TEXTURE_3D, gl[`TEXTURE_${key}`], gl.LINEAR);
    for (const key of ["S", "T", "R"]) gl.texParameteri(gl.TEXTURE_3D, gl[`TEXTURE_WRAP_${key}`], gl.CLAMP_TO_EDGE);
    const at = (name) => gl.getUniformLocation(program, name), state = { yaw: 0.7, pitch: 0.5, zoom: 0.9, part: 1, solid: false };
    gl.uniform3f(at("box"), ...edges);
    gl.uniform3f(at("cell"), edges[0] / nx, edges[1] / ny, edges[2] / nz);
    let asked = false;
    /// @param side  of a square picture [px]; else as large as the canvas is shown
    function draw(side) {
      asked = false;
      const sharp = Math.min(2, devicePixelRatio), [cy, sy, cp, sp] = [Math.cos(state.yaw), Math.sin(state.yaw), Math.cos(state.pitch), Math.sin(state.pitch)];
      canvas.width = side ?? canvas.clientWidth * sharp;
      canvas.height = side ?? canvas.clientHeight * sharp;
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.uniformMatrix3fv(at("turn"), false, [cy, sy, 0, -sy * sp, cy * sp, -cp, sy * cp, -cy * cp, -sp]); // z of an image points down
      for (const [name, value] of [["aspect", canvas.width / canvas.height], ["zoom", state.zoom], ["part", state.part], ["solid", state.solid ? 1 : 0]]) gl.uniform1f(at(name), value);
      gl.uniform3f(at("body"), ...(state.solid ? [0.82, 0.73, 0.57] : [0.42, 0.62, 0.78]));
      gl.uniform3f(at("face"), ...(state.solid ? [0.9, 0.86, 0.77] : [0.16, 0.29, 0.4]));
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    }
    function set(change) {
      Object.assign(state, change);
      state.pitch = Math.max(-1.5, Math.min(1.5, state.pitch));
      state.zoom = Math.max(0.2, Math.min(2, state.zoom));
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => draw());
    }
    /// As it is now, for paper, which has no canvas.
    function still() {
      draw(960);
      return canvas.toDataURL("image/png");
    }
    hands(canvas, state, set);
    new ResizeObserver(() => set({})).observe(canvas);
    return { set, still };
  }

  /// Turning and zooming by pointer, wheel and keys.
  function hands(canvas, state, set) {
    let held = null;
    canvas.addEventListener("pointerdown", (e) => {
      held = [e.clientX, e.clientY];
      canvas.focus({ preventScroll: true });
      canvas.setPointerCapture(e.pointerId);
    });
    canvas.addEventListener("pointermove", (e) => {
      if (!held) return;
      set({ yaw: state.yaw - (e.clientX - held[0]) * 0.008, pitch: state.pitch + (e.clientY - held[1]) * 0.008 });
      held = [e.clientX, e.clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (held = null));
    canvas.addEventListener("wheel", (e) => {
      if (document.activeElement !== canvas) return; // who only scrolls past it
      e.preventDefault();
      set({ zoom: state.zoom * Math.exp(e.deltaY * 0.001) });
    }, { passive: false });
    const keys = { ArrowLeft: ["yaw", 0.1], ArrowRight: ["yaw", -0.1], ArrowUp: ["pitch", 0.1], ArrowDown: ["pitch", -0.1], "+": ["zoom", -0.1], "-": ["zoom", 0.1] };
    canvas.addEventListener("keydown", (e) => {
      const key = keys[e.key];
      if (!key) return;
      e.preventDefault();
      set({ [key[0]]: state[key[0]] + key[1] });
    });
  }

  /// The bytes of a volume out of a PNG whose tiles are its planes across z.
  async function unpack(png, [nz, ny, nx], columns) {
    const image = new Image();
    image.src = png;
    await image.decode();
    const sheet = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    const pen = sheet.getContext("2d", { willReadFrequently: true });
    pen.drawImage(image, 0, 0);
    const rgba = pen.getImageData(0, 0, sheet.width, sheet.height).data, bytes = new Uint8Array(nx * ny * nz);
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++) {
        const from = ((Math.floor(z / columns) * ny + y) * sheet.width + (z % columns) * nx) * 4, to = (z * ny + y) * nx;
        for (let x = 0; x < nx; x++) bytes[to + x] = rgba[from + 4 * x];
      }
    return bytes;
  }

  lapilli.surface = { show, unpack };
})((globalThis.lapilli ??= {}));
