export default {
  title: "周边成交",
  how: "同一区县内同类用地（{use}）的历年成交结果。成交公告只有文字地址，故定位到区县；每亩价格＝成交价÷面积，价格或面积未公布的不计入。灰条为中间一半成交的价格范围，竖线为中位数。",
  none: "本区县尚无{use}的成交记录。",
  year: "年份",
  number: "宗数",
  land: "面积",
  median: "中位价",
  range: "四分位范围",
  here: "本宗起始价 {price}",
  latest: "最近成交",
  noPrice: "未公布价格",
};
