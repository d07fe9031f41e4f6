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
  // The figure names its colours by the part they play; the theme's colours are the page's own.
  const COLOURS = { quiet: "--ink-3", faint: "--control", rule: "--line", band: "--accent" };
  const BAND_OPACITY = "24"; // hexadecimal, as 0.14
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

  const style = getComputedStyle(document.documentElement);
  const colour = (role) => {
    const found = style.getPropertyValue(COLOURS[role] || `--${role}`).trim();
    return found ? found + (role === "band" ? BAND_OPACITY : "") : role;
  };

  function coloured(part, name = "") {
    if (Array.isArray(part)) return part.map((inner) => coloured(inner));
    if (typeof part === "string") return /color$/.test(name) ? colour(part) : part;
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, coloured(inner, key)]));
  }

  function themed({ data, layout }, narrow) {
    const phone = narrow ? layout.meta.narrow : {};
    const axis = {
      gridcolor: "rule",
      zerolinecolor: "quiet",
      zerolinewidth: 1.25,
      fixedrange: true,
      tickangle: 0,
      ticks: "",
      ticklabelstandoff: 6,
    };
    const looks = (own, more) => ({ ...axis, zeroline: own.showgrid, ...own, ...more });
    return coloured({
      data,
      layout: {
        ...layout,
        autosize: true,
        margin: { ...layout.margin, ...phone.margin },
        xaxis: looks(layout.xaxis, phone.xaxis),
        yaxis: looks(layout.yaxis),
        annotations: layout.annotations.map((note) => ({
          ...note,
          text: (narrow && note.name) || note.text,
          font: { size: 13, ...note.font },
        })),
        font: { family: "Inter, sans-serif", size: 13, color: "quiet" },
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        dragmode: false,
        hoverlabel: { bgcolor: "ink", font: { color: "bg" } },
      },
    });
  }

  async function draw(holder) {
    const source = document.getElementById(holder.dataset.chart);
    try {
      await load(holder.dataset.library);
      const { data, layout } = themed(JSON.parse(source.content.textContent), holder.clientWidth < PHONE);
      const plot = document.createElement("div");
      plot.setAttribute("aria-hidden", "true");
      holder.append(plot);
      holder.classList.add("is-drawn");
      await Plotly.newPlot(plot, data, layout, CONFIG);
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
