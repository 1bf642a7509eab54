export default {
  title: "Deals nearby",
  how: "Results of transfers of the same use ({use}) in the same district. They are announced with an address in words, so they stand at the district; the price per mu is price ÷ area, and deals without either are left out of it. The grey bar spans the middle half of the prices, the line is the median.",
  none: "No deals of {use} are on record in this district.",
  year: "Year",
  number: "Deals",
  land: "Land",
  median: "Median",
  range: "Middle half",
  here: "Start price here {price}",
  latest: "Latest deals",
  noPrice: "price not announced",
};
