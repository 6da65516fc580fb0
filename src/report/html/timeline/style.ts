// How the timeline looks. On a telephone the words of a lane stand above its picture.

export const TIMELINE_STYLE = `
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-bottom: .75rem; list-style: none; color: var(--soft); font-size: .875rem; --tone: var(--ink); }
.legend li { display: flex; gap: .375rem; align-items: center; }
.chart { --who: 14.5rem; --still: 10rem; --gap: 1.25rem; position: relative; border-radius: 12px; background: var(--card); box-shadow: 0 0 0 1px var(--line); padding: 0 1.25rem 1rem; }
.chart svg { overflow: visible; }
.axis { position: sticky; top: 0; z-index: 2; border-bottom: 1px solid var(--line); border-radius: 12px 12px 0 0; background: var(--card); padding: .25rem calc(var(--still) + var(--gap)) .25rem calc(var(--who) + var(--gap)); }
.axis svg, .track { display: block; width: 100%; height: 1.75rem; }
.axis text { fill: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
.grid { position: absolute; inset: 2.25rem auto 0 calc(1.25rem + var(--who) + var(--gap)); width: calc(100% - 2.5rem - var(--who) - var(--still) - 2 * var(--gap)); height: calc(100% - 2.25rem); pointer-events: none; }
.grid line { stroke: var(--line); } .grid .now { stroke: var(--soft); stroke-dasharray: 2 3; }
.chart h3, .why { position: relative; width: fit-content; background: var(--card); padding-right: .5rem; }
.chart h3 { margin-top: 1.25rem; }
.many { border-radius: 99px; background: var(--code); padding: .1rem .5rem; font-size: .8125rem; }
.why { margin-bottom: .25rem; color: var(--soft); font-size: .875rem; }
.lane { position: relative; margin: 0; border-top: 1px solid var(--line); }
.lane summary { display: grid; grid-template-columns: var(--who) minmax(0, 1fr) var(--still); gap: 0 var(--gap); align-items: center; width: auto; padding: .4rem 0; list-style: none; }
.lane summary::-webkit-details-marker { display: none; }
.lane summary:hover .who code { text-decoration: underline; }
.who code { font-weight: 600; }
.lane .still { padding-left: .75rem; }
.when, .still { display: block; color: var(--soft); font-size: .8125rem; line-height: 1.35; overflow-wrap: anywhere; }
.stood { fill: var(--wash); fill: color-mix(in srgb, var(--tone) 42%, var(--card)); }
.held { stroke: var(--tone); stroke-width: 2; stroke-dasharray: 1 4; stroke-linecap: round; }
.undated { stroke: var(--line); stroke-width: 2; stroke-dasharray: 6 6; }
.on, .end { fill: var(--tone); stroke: var(--card); stroke-width: 1.5; }
.off { fill: var(--card); stroke: var(--tone); stroke-width: 2; }
.cross { fill: none; stroke: var(--tone); stroke-width: 1.75; stroke-linecap: round; }
.pushed circle { fill: var(--ink); } .pushed path { fill: none; stroke: var(--card); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.told { margin: 0 0 .75rem; border-left: 3px solid var(--tone); padding: .25rem 0 .25rem .875rem; background: var(--card); font-size: .875rem; }
.told ul { list-style: none; }
.step { margin-top: .5rem; }
.command { display: block; width: fit-content; margin-top: .25rem; border-radius: 6px; background: var(--code); padding: .125rem .5rem; }
.told time { display: inline-block; min-width: 6.5rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.crowd { position: relative; margin: .75rem 0 0; padding: 0 calc(var(--still) + var(--gap)) 0 calc(var(--who) + var(--gap)); }
.crowd p { position: absolute; left: 0; width: var(--who); color: var(--soft); font-size: .8125rem; line-height: 1.35; }
.crowd svg { display: block; width: 100%; height: 4.5rem; }
.crowd path { fill: var(--critical); opacity: .3; }
.dense .lane { border: 0; }
.dense .lane summary { padding: 0; }
.dense .track { height: 1.5rem; }
.dense .who { display: flex; gap: .5rem; align-items: baseline; overflow: hidden; white-space: nowrap; }
.dense .when { margin-left: auto; font-variant-numeric: tabular-nums; }
.dense .still { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
@media (max-width: 48rem) {
  .chart { --who: 0rem; --still: 0rem; --gap: 0rem; padding: 0 2rem .75rem .75rem; }
  .axis { margin-right: -1.75rem; padding-right: 1.75rem; }
  .grid { left: .75rem; width: calc(100% - 2.75rem); }
  .lane summary { grid-template-columns: minmax(0, 1fr) auto; padding: .5rem 0 .25rem; }
  .who, .still { position: relative; background: var(--card); }
  .track { grid-row: 2; grid-column: 1 / -1; }
  .still { grid-column: 2; grid-row: 1; max-width: 9rem; margin-left: .75rem; text-align: right; }
  .crowd p { position: static; width: auto; margin-bottom: .25rem; }
}
@media print {
  .axis { position: static; }
  .chart { box-shadow: none; padding-left: 0; }
  .lane { break-inside: avoid; }
  .dense .lane::details-content { content-visibility: hidden; block-size: 0; }
  .chart, .legend { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
