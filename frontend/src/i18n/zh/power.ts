export default {
  outcome: { met: "110 kV 及以上可供 {sure}", short: "低于 110 kV，可用 {sure}", unknown: "电压未知，可用 {sure} 至 {most}" },
  rule: "超过 {above} MVA 的需求须有 110 kV 及以上变电站；蓝色为有此条件的宗地。",
  pass: "用电需求 {needed}：可满足",
  fail: "用电需求 {needed}：差 {by}",
  not_stated: "用电需求 {needed}：能否满足未知",
};
