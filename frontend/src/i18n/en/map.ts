export default {
  label: "Map",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  impossible: "This browser has no WebGL2, so there is no map; lists and tables still work.",
};
