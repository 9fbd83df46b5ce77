#pragma once

#include <string_view>

namespace downstage::report {

/// The page's own style: system fonts, A4 when printed, no request to anywhere.
inline constexpr std::string_view style_sheet = R"css(
:root { --ink: #1b2430; --soft: #566270; --line: #d9dee5; --ground: #f3f5f7; --met: #17694a; --met-soft: #e5f2ec;
  --not-met: #98282d; --not-met-soft: #f9e9e9; --open: #7d5300; --open-soft: #fbf1dd; --blue: #1f5f8b; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI",
  Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
main, header { max-width: 1040px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 22px; display: flex; flex-wrap: wrap; gap: 4px 28px; align-items: baseline; }
header .what { font-weight: 600; }
header .of { color: var(--soft); }
header p { flex-basis: 100%; margin: 0; color: var(--soft); font-size: 13px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 18px 22px; margin: 16px 0; }
h1, h2, h3 { line-height: 1.25; margin: 0; }
h1 { font-size: 32px; letter-spacing: -0.01em; }
h2 { font-size: 19px; margin-bottom: 10px; }
h3 { font-size: 15px; margin: 16px 0 6px; }
p { margin: 6px 0; }
ul { margin: 6px 0; padding-left: 20px; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.verdict { border-left: 8px solid var(--open); }
.verdict.met { border-left-color: var(--met); } .verdict.not-met { border-left-color: var(--not-met); }
.verdict h1 { color: var(--open); } .verdict.met h1 { color: var(--met); } .verdict.not-met h1 { color: var(--not-met); }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 10px 24px; margin: 16px 0 4px; padding: 12px 0;
  border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.tiles div { min-width: 0; }
.tiles dt { color: var(--soft); font-size: 13px; }
.tiles dd { margin: 0; font-size: 18px; font-weight: 600; line-height: 1.3; }
.tiles dd span { display: block; font-size: 13px; font-weight: 400; color: var(--soft); }
dl { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); }
tr:last-child > th, tr:last-child > td { border-bottom: 0; }
thead th { color: var(--soft); font-size: 13px; font-weight: 600; }
tbody th { font-weight: 600; }
.forms th, .forms td:last-child { white-space: nowrap; }
.forms div { white-space: normal; }
.facts th { width: 34%; color: var(--soft); font-weight: 400; }
.facts td { overflow-wrap: anywhere; }
.pill { display: inline-block; border-radius: 4px; padding: 0 8px; font-weight: 600; white-space: nowrap;
  background: var(--open-soft); color: var(--open); }
.pill.met { background: var(--met-soft); color: var(--met); }
.pill.not-met { background: var(--not-met-soft); color: var(--not-met); }
.warnings { border-left: 8px solid #d99a1f; background: #fffaf0; }
.warnings h2 { color: var(--open); }
.between { margin: 26px 0 -4px; }
.card-head { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; margin-bottom: 10px; }
.card-head h3 { margin: 0; font-size: 17px; }
.card-head .big { font-size: 24px; font-weight: 650; }
.card-body { display: grid; grid-template-columns: minmax(0, 58fr) minmax(0, 42fr); gap: 6px 24px; align-items: start;
  font-size: 14px; }
.card-body > :nth-child(3) { grid-column: 1 / -1; }
.card.apart { border-top: 1px solid var(--line); padding-top: 14px; margin-top: 14px; }
.numbers { margin-bottom: 8px; }
.numbers td { white-space: nowrap; }
.numbers td:nth-child(2) { font-weight: 600; }
.numbers tbody tr:last-child > * { border-bottom: 1px solid var(--line); }
figure { margin: 0; }
img { display: block; width: 100%; height: auto; border-radius: 4px; background: #000; }
figcaption { color: var(--soft); font-size: 13px; margin-top: 6px; display: flex; flex-wrap: wrap; gap: 0 8px;
  justify-content: space-between; }
.key { display: inline-block; width: 18px; height: 0; border-top: 3px solid; vertical-align: middle;
  margin: 0 5px 2px 12px; }
.key.outline { border-color: #e0a400; }
.key.long { border-color: #1c9fd0; }
.key.short { border-color: #e0609f; }
.key.possible { border-color: #e8641f; }
.key.liver { border-color: #4fb388; }
.paths { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6px 24px; font-size: 13px; line-height: 1.4; }
.paths h3 { margin: 0; font-size: 13px; }
.paths ul { padding-left: 16px; }
.chart { display: block; width: 100%; height: auto; margin: 6px 0; font-size: 13px; }
.chart text { fill: var(--ink); white-space: pre; }
.chart .axis { stroke: var(--line); } .chart .stem { stroke: var(--line); stroke-width: 2; }
.chart .limit { stroke: var(--not-met); stroke-dasharray: 4 3; }
.chart rect.counts { fill: var(--blue); fill-opacity: 0.28; } .chart line.counts { stroke: var(--blue); stroke-width: 3; }
.chart rect.apart { fill: none; stroke: var(--soft); stroke-dasharray: 3 2; } .chart line.apart { stroke: var(--soft); stroke-width: 2; }
.mono { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 12.5px; overflow-wrap: anywhere; }
@media (max-width: 760px) {
  .tiles { grid-template-columns: 1fr 1fr; }
  .card-body, .paths { grid-template-columns: 1fr; }
}
@page { size: A4; margin: 14mm 13mm; }
@media print {
  body { background: #fff; font-size: 9.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main, header { max-width: none; padding: 0; }
  section { padding: 8px 14px; margin: 8px 0; }
  h1 { font-size: 22pt; }
  .between { margin: 14px 0 0; }
  .card, .warnings, tr, figure, .tiles, .chart { break-inside: avoid; }
  h2, h3, .between, h2 + p { break-after: avoid; }
  th, td { padding: 3px 10px 3px 0; }
  .tiles { grid-template-columns: repeat(4, 1fr); gap: 6px 16px; }
  .tiles dd { font-size: 12pt; }
  .card-body { grid-template-columns: minmax(0, 54fr) minmax(0, 46fr); gap: 4px 16px; font-size: 8.5pt; }
  .paths { grid-template-columns: repeat(3, 1fr); gap: 6px 16px; font-size: 8pt; }
  .forms th, .forms td:last-child { white-space: normal; }
  .small, figcaption, .chart, .tiles dt, .tiles dd span, thead th { font-size: 8.5pt; }
  .mono { font-size: 7.5pt; }
}
)css";

}  // namespace downstage::report
