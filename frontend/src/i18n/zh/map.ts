export default {
  label: "地图",
  zoomIn: "放大",
  zoomOut: "缩小",
  impossible: "此浏览器没有 WebGL2，不能画地图；列表与表格照常可用。",
};
