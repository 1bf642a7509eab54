export default {
  outcome: { met: "{sure} at 110 kV or more", short: "below 110 kV, {sure} usable", unknown: "voltage unknown, {sure} to {most} usable" },
  rule: "A need above {above} MVA wants a substation of 110 kV or more; blue bars are parcels that have one.",
  pass: "Power need of {needed}: can be met",
  fail: "Power need of {needed}: short by {by}",
  not_stated: "Power need of {needed}: unknown whether it can be met",
};
