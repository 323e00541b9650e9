/* SPDX-FileCopyrightText: the Lapilli authors
   SPDX-License-Identifier: BSD-3-Clause
   Pages that are opened from a folder may start no workers, so there the search is at work in a frame. The theme knows it by this name. */
if (location.protocol === "file:") {
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.body.appendChild(Object.assign(document.createElement("iframe"), { hidden: true }));
      const inside = frame.contentDocument;
      inside.open();
      inside.write("<!doctype html><body>");
      inside.close();
      this.frame = frame;
      frame.contentWindow.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }));
      const script = Object.assign(inside.createElement("script"), { src: url });
      this.loaded = new Promise(done => script.addEventListener("load", done));
      inside.body.append(script);
    }
    postMessage(data) { this.loaded.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }))); }
    terminate() { this.frame.remove(); }
  };
}
