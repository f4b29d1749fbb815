// Presents the slides of this page: keys, full screen, kiosk, notes. Everything it needs is in the page itself.
(() => {
  const SHAPES = { wide: [746, 420], square: [597, 448] }; // px a slide is laid out at
  const RATIO = 1.55; // a screen narrower than this takes the square form
  const TALLER = 1.5; // how far a chart of few rows is drawn out
  const OVER = 0.4; // of what a low chart leaves free, the part above it
  const REST = 6000; // ms without a hand on the mouse until the keys hide
  const KIOSK = 15; // s a slide stands where nobody said otherwise

  const stage = document.getElementById("stage");
  const bar = document.getElementById("bar");
  const back = document.getElementById("back");
  const told = document.getElementById("told");
  const slides = [...stage.querySelectorAll(".slide")];
  const charts = JSON.parse(document.getElementById("charts").textContent);
  let now = 0;
  let talking = false;
  let kiosk = 0;
  let resting = 0;

  // a chart as high as its slide leaves room: low ones are drawn out, what is still free stands above and below
  const draw = (slide) => {
    const plot = slide.querySelector(".plot");
    if (!plot) return;
    const [width, height] = [plot.clientWidth, plot.clientHeight];
    const size = `${width}x${height}`;
    if (plot.dataset.size === size) return;
    const chart = charts[plot.dataset.chart];
    const { data, layout } = structuredClone(stage.classList.contains("square") ? chart.square : chart.wide);
    const wanted = chart.fixed ? layout.height : layout.height * TALLER;
    const spare = Math.max(0, height - wanted);
    layout.margin.t += spare * OVER;
    layout.margin.b += spare * (1 - OVER);
    window.Plotly.react(plot, data, { ...layout, width, height, autosize: false }, { displayModeBar: false });
    plot.dataset.size = size;
  };

  const fit = () => {
    const square = innerWidth / innerHeight < RATIO;
    const [width, height] = square ? SHAPES.square : SHAPES.wide;
    const scale = Math.min(innerWidth / width, innerHeight / height);
    stage.classList.toggle("square", square);
    stage.style.transform = `scale(${scale}) translate(-50%, -50%)`;
    draw(slides[now]);
  };

  const show = (place, { say = true } = {}) => {
    now = Math.max(0, Math.min(slides.length - 1, place));
    slides.forEach((slide, at) => { slide.hidden = at !== now; });
    const talk = slides[now].querySelector(".talk");
    document.querySelectorAll(".talk").forEach((each) => { each.hidden = !talking || each !== talk; });
    history.replaceState(null, "", `#${now + 1}`);
    draw(slides[now]);
    if (say) told.textContent = `${now + 1} / ${slides.length}. ${slides[now].querySelector("h1").textContent}`;
    if (kiosk) run(kiosk);
  };

  let timer = 0;
  const run = (seconds) => {
    clearTimeout(timer);
    kiosk = seconds;
    document.body.dataset.kiosk = seconds;
    if (seconds) timer = setTimeout(() => show((now + 1) % slides.length), seconds * 1000);
  };

  const screen = () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();

  const notes = () => { talking = !talking; show(now, { say: false }); };

  const hide = () => {
    bar.hidden = true;
    document.body.classList.add("alone");
  };
  const wake = () => {
    bar.hidden = false;
    document.body.classList.remove("alone");
    clearTimeout(resting);
    resting = setTimeout(() => { if (!bar.contains(document.activeElement)) hide(); }, REST);
  };

  const DEEDS = {
    next: () => show(now + 1),
    previous: () => show(now - 1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    screen,
    notes,
    kiosk: () => run(kiosk ? 0 : KIOSK),
  };
  const KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
    ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
    Home: "first", End: "last", f: "screen", F5: "screen", n: "notes", k: "kiosk",
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pressed = event.target.closest("button, a") && [" ", "Enter"].includes(event.key);
    if (event.key === "F5" && document.fullscreenElement) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const deed = KEYS[event.shiftKey && key === " " ? "PageUp" : key];
    if (pressed || !deed || key === "F5") return;
    event.preventDefault();
    hide();
    DEEDS[deed]();
  });
  bar.addEventListener("click", (event) => {
    const deed = event.target.closest("button")?.dataset.deed;
    if (deed) DEEDS[deed]();
  });
  addEventListener("mousemove", wake);
  addEventListener("focusin", () => { if (bar.contains(document.activeElement)) wake(); });
  addEventListener("resize", fit);
  addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1));

  let touched = null;
  addEventListener("touchstart", (event) => { touched = event.changedTouches[0].clientX; }, { passive: true });
  addEventListener("touchend", (event) => {
    const way = event.changedTouches[0].clientX - touched;
    if (Math.abs(way) > 60) show(now + (way < 0 ? 1 : -1));
    else wake();
  }, { passive: true });

  // only a page that was served has somewhere to go back to, and only outside full screen is it asked for
  if (back && !location.protocol.startsWith("http")) back.remove();
  document.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement) hide();
    else wake();
  });

  const asked = Number(new URLSearchParams(location.search).get("giay"));
  show((Number(location.hash.slice(1)) || 1) - 1, { say: false });
  wake();
  if (asked >= 1) run(asked);
  document.fonts.ready.then(() => {
    document.querySelectorAll(".plot").forEach((plot) => { delete plot.dataset.size; });
    fit();
    document.body.dataset.ready = "1";
  });
  fit();
})();
