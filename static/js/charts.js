// Draws each chart with plotly over the SVG that the server drew from the same figure.
// plotly is fetched only when a chart comes near the screen; if it cannot be, the SVG stays.
"use strict";

(() => {
  const CONFIG = {
    displayModeBar: false,
    displaylogo: false,
    showSendToCloud: false,
    plotlyServerURL: "",
    responsive: true,
    scrollZoom: false,
    doubleClick: false,
  };
  const PHONE = 480;
  let library;

  function load(src) {
    library ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  // The figure names its colours as the stylesheet does, so that they are those of the theme.
  const style = getComputedStyle(document.documentElement);
  const NAMED = /^var\((--[\w-]+)\)$/;

  function coloured(part) {
    if (Array.isArray(part)) return part.map(coloured);
    if (typeof part === "string") return part.replace(NAMED, (_, name) => style.getPropertyValue(name).trim());
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, coloured(inner)]));
  }

  // On a phone the sides are smaller and the names shorter, as the figure says.
  function narrowed({ data, layout }) {
    const { margin, xaxis } = layout.meta.narrow;
    const annotations = layout.annotations.map((note) => ({ ...note, text: note.name || note.text }));
    return {
      data,
      layout: {
        ...layout,
        annotations,
        margin: { ...layout.margin, ...margin },
        xaxis: { ...layout.xaxis, ...xaxis },
      },
    };
  }

  const isNarrow = (holder) => holder.clientWidth < PHONE;
  const fitting = (figure, holder) => (isNarrow(holder) ? narrowed : (same) => same)(structuredClone(figure));

  // A phone that is turned, or a window that is made narrower, gets the other sides and names.
  function follow(holder, plot, figure) {
    let narrow = isNarrow(holder);
    new ResizeObserver(() => {
      if (!holder.clientWidth || isNarrow(holder) === narrow) return;
      narrow = !narrow;
      const { data, layout } = fitting(figure, holder);
      Plotly.react(plot, data, layout, CONFIG);
    }).observe(holder);
  }

  async function draw(holder) {
    const source = document.getElementById(holder.dataset.chart);
    try {
      await load(holder.dataset.library);
      const figure = coloured(JSON.parse(source.content.textContent));
      const { data, layout } = fitting(figure, holder);
      const plot = document.createElement("div");
      plot.setAttribute("aria-hidden", "true");
      holder.append(plot);
      holder.classList.add("is-drawn");
      await Plotly.newPlot(plot, data, layout, CONFIG);
      follow(holder, plot, figure);
    } catch {
      holder.classList.remove("is-drawn");
    }
  }

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries)
        if (entry.isIntersecting) {
          seen.unobserve(entry.target);
          draw(entry.target);
        }
    },
    { rootMargin: "200px" },
  );
  const watch = (part) => {
    for (const holder of part.querySelectorAll("[data-chart]")) seen.observe(holder);
  };
  watch(document);
  // Charts that come later: observing what is observed already changes nothing.
  document.addEventListener("htmx:load", (event) => watch(event.target));
})();
