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

  // The figure says what to draw; the theme's colours are the page's own.
  function themed(figure) {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const axis = {
      gridcolor: colour("--line"),
      zerolinecolor: colour("--ink-3"),
      zerolinewidth: 1.25,
      fixedrange: true,
      linecolor: colour("--line"),
    };
    const looks = {
      lines: { line: { color: colour("--accent"), width: 2.5 } },
      markers: {
        marker: { size: 11, color: colour("--surface"), line: { color: colour("--accent"), width: 3 } },
      },
    };
    return {
      data: figure.data.map((trace) => ({ ...trace, ...looks[trace.mode] })),
      layout: {
        ...figure.layout,
        xaxis: { ...axis, ...figure.layout.xaxis, showgrid: false, zeroline: false },
        yaxis: { ...axis, ...figure.layout.yaxis },
        annotations: figure.layout.annotations.map((note) => ({
          ...note,
          font: { color: colour("--ink"), size: 13, weight: 600 },
          yshift: note.yanchor === "top" ? -8 : 8,
          xshift: note.xanchor === "left" ? 10 : 0,
        })),
        font: { family: "Inter, sans-serif", size: 13, color: colour("--ink-3") },
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        margin: { l: 56, r: 16, t: 24, b: 44 },
        dragmode: false,
        hoverlabel: { bgcolor: colour("--ink"), font: { color: colour("--bg") } },
      },
    };
  }

  async function draw(holder) {
    const source = document.getElementById(holder.dataset.chart);
    try {
      await load(source.dataset.src);
      const { data, layout } = themed(JSON.parse(source.textContent));
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
  for (const holder of document.querySelectorAll("[data-chart]")) seen.observe(holder);
})();
