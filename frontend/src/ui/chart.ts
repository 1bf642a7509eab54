import { BarChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent } from "echarts/components";
import { init, use, type ComposeOption, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { BarSeriesOption, LineSeriesOption, RadarSeriesOption, ScatterSeriesOption } from "echarts/charts";
import type { DatasetComponentOption, GridComponentOption, LegendComponentOption, RadarComponentOption, TooltipComponentOption } from "echarts/components";

/** The parts of ECharts this product draws with; a chart of another kind is added here, once. */
use([
  BarChart, LineChart, RadarChart, ScatterChart,
  AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent,
  SVGRenderer,
]);

export type ChartOption = ComposeOption<
  | BarSeriesOption | LineSeriesOption | RadarSeriesOption | ScatterSeriesOption
  | DatasetComponentOption | GridComponentOption | LegendComponentOption | RadarComponentOption | TooltipComponentOption
>;

export const startChart = (element: HTMLElement): EChartsType => init(element, undefined, { renderer: "svg" });
