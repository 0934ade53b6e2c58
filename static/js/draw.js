// Drawing a signature: strokes in the units of the picture, kept as JSON in the field below.
(() => {
  "use strict";
  for (const pad of document.querySelectorAll("[data-draw]")) {
    const canvas = pad.querySelector("canvas");
    const field = pad.querySelector("input");
    const pen = canvas.getContext("2d");
    let strokes = [];
    let stroke = null;

    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;

    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      const x = (event.clientX - box.left) * canvas.width / box.width;
      const y = (event.clientY - box.top) * canvas.height / box.height;
      return [
        Math.min(Math.max(Math.round(x), 0), canvas.width),
        Math.min(Math.max(Math.round(y), 0), canvas.height),
      ];
    };
    const keep = () => { field.value = strokes.length ? JSON.stringify(strokes) : ""; };

    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      stroke = [point(event)];
      strokes.push(stroke);
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!stroke) return;
      const next = point(event);
      const last = stroke[stroke.length - 1];
      if (next[0] === last[0] && next[1] === last[1]) return;
      pen.beginPath();
      pen.moveTo(...last);
      pen.lineTo(...next);
      pen.stroke();
      stroke.push(next);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => { stroke = null; keep(); });
    }
    pad.querySelector("button").addEventListener("click", () => {
      strokes = [];
      pen.clearRect(0, 0, canvas.width, canvas.height);
      keep();
      canvas.focus();
    });
    pad.querySelector("[data-draw-field]").hidden = false;
    pad.querySelector("[data-draw-none]").hidden = true;
  }
})();
