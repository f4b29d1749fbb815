// Hands a file to the person who asked for it. A chart is drawn here, as a picture of 1920 x 1080 with its font in it.
(() => {
  const script = document.currentScript;
  const asked = script.dataset;
  const handed = (window.wardHanded ??= new Set());
  if (handed.has(asked.token)) return; // the same element drawn again is no second wish
  handed.add(asked.token);

  const hand = (content) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = asked.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

  const plotly = () =>
    (window.wardPlotly ??= new Promise((ready, failed) => {
      const own = document.createElement("script");
      own.src = asked.plotly;
      own.onload = () => ready(window.Plotly);
      own.onerror = () => { window.wardPlotly = undefined; failed(new Error(asked.plotly)); };
      document.head.append(own);
    }));

  // a picture drawn from SVG cannot see the fonts of the page: they go into it whole
  const face = async ({ family, weight, style, unicodeRange, url }) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(url);
    const raw = new Uint8Array(await answer.arrayBuffer());
    const coded = btoa(Array.from(raw, (byte) => String.fromCharCode(byte)).join(""));
    return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};` +
      `unicode-range:${unicodeRange};src:url(data:font/woff2;base64,${coded}) format("woff2")}`;
  };

  // the fonts inside an image begin to load when it is first drawn, and until then its words are invisible: it is
  // drawn again until there is ink in the band of the title and three drawings are alike
  const settled = async (image, pen) => {
    let before = 0, alike = 0;
    for (let turn = 0; turn < 100 && alike < 2; turn++) {
      pen.clearRect(0, 0, 1920, 1080);
      pen.drawImage(image, 0, 0, 1920, 1080);
      const ink = (top, height) => new Uint32Array(pen.getImageData(0, top, 1920, height).data.buffer)
        .reduce((sum, dot) => (sum + (dot >>> 0 === 0xffffffff ? 0 : dot % 65521)) % 4294967291, 0);
      const sum = ink(0, 110) ? ink(0, 1080) : 0;
      alike = sum && sum === before ? alike + 1 : 0;
      before = sum;
      await new Promise((next) => setTimeout(next, 40));
    }
    if (alike < 2) throw new Error("fonts");
  };

  const picture = async () => {
    const faces = JSON.parse(asked.fonts);
    const [Plotly, css] = await Promise.all([
      plotly(),
      Promise.all(faces.map(face)),
      ...faces.map(({ family, weight }) => document.fonts.load(`${weight} 14px "${family}"`, "aệ")),
    ]);
    const figure = JSON.parse(asked.figure);
    const { width, height } = figure.layout;
    const drawn = await Plotly.toImage(figure, { format: "svg", width, height, imageDataOnly: true });
    const svg = new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("width", 1920);
    svg.setAttribute("height", 1080);
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = css.join("");
    svg.prepend(style);
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 1920, height: 1080 });
    await settled(image, canvas.getContext("2d", { willReadFrequently: true }));
    URL.revokeObjectURL(image.src);
    return new Promise((ready) => canvas.toBlob(ready, "image/png"));
  };

  if (asked.content) hand(new Blob([bytes(asked.content)], { type: asked.type }));
  else picture().then(hand).catch((error) => {
    console.error(error);
    script.after(Object.assign(document.createElement("p"), { textContent: asked.failed, className: "w-small" }));
  });
})();
