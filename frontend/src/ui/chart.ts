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

/** What a tooltip says, line by line, as text: a name that holds markup is shown, not run. */
export function linesOf(lines: readonly string[]): HTMLElement {
  const element = document.createElement("div");
  for (const line of lines) element.appendChild(document.createElement("div")).textContent = line;
  return element;
}

export const startChart = (element: HTMLElement): EChartsType => init(element, undefined, { renderer: "svg" });
