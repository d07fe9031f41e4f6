"""Charts: one figure for each, drawn by plotly in the browser and by one SVG writer on paper."""
